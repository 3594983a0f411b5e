# shellcheck shell=sh
# To be sourced. pip and uv bring certificates of their own, which know nothing of an office's
# proxy; where the system has a store, that is trusted instead. A user's own settings come first.

for store in /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt; do
    if [ -s "$store" ]; then
        export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-1}"
        export REQUESTS_CA_BUNDLE="${REQUESTS_CA_BUNDLE:-$store}"
        break
    fi
done
