"""The look that all charts share: colours, sizes, numbers, labels."""
