"""Mistakes in data/reference, collected so that a person is told of all of them at once."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from aip_analysis.errors import AipError, InputRefusedError
from aip_analysis.messages import Language, say


class ReferenceMistakesError(InputRefusedError):
    """Raised for several mistakes in data/reference; ``mistakes`` has an error for each."""

    def sentence(self, language: Language) -> str:
        """Return all messages, in one line."""
        mistakes: Sequence[AipError] = self.values["mistakes"]  # type: ignore[assignment]
        listed = say("reference.between", language).join(
            mistake.sentence(language) for mistake in mistakes
        )
        return say(self.key, language, count=len(mistakes), mistakes=listed)


@dataclass
class Mistakes:
    """The mistakes found so far, in the order of the checks."""

    found: list[InputRefusedError] = field(default_factory=list)

    def add(self, key: str, /, **values: object) -> None:
        """Add a mistake, by the key of its message."""
        self.found.append(InputRefusedError(key, **values))

    @contextmanager
    def collected(self) -> Iterator[None]:
        """Collect the mistake that a check raises, so that the checks after it still run."""
        try:
            yield
        except InputRefusedError as error:
            self.found.append(error)

    def raise_any(self) -> None:
        """Raise what has been found; nothing happens if there are no mistakes.

        Raises
        ------
        InputRefusedError
            The mistake itself if it is the only one, or else all of them as one error.
        """
        if len(self.found) == 1:
            raise self.found[0]
        if self.found:
            raise ReferenceMistakesError("reference.mistakes", mistakes=tuple(self.found))
