# Runs a PostgreSQL cluster of its own on a loopback port for as long as standard input stays open, so that neither server
# nor folder outlives the process that started it, however that ends.
# Arguments: folder of the programs, port, then options of the server. The first line of input is the password of the user
# "billing"; "crash" stops the server as a crash would, "start" starts it again. Answers "ready" and "stopped".
set -u
bin=$1
port=$2
shift 2
read -r password
umask 077
folder=$(mktemp -d "${TMPDIR:-/tmp}/billing-postgres.XXXXXX") || exit 1
server=

stop() {
    if [ -n "$server" ]; then
        kill -s QUIT "$server" 2>/dev/null
        wait "$server"
        server=
    fi
}

start() {
    "$bin/postgres" -D "$folder/data" -c listen_addresses=127.0.0.1 -c port="$port" -c unix_socket_directories= \
        -c max_connections=300 "$@" >>"$folder/log" 2>&1 &
    server=$!
    until "$bin/pg_isready" -q -h 127.0.0.1 -p "$port"; do
        if ! kill -0 "$server" 2>/dev/null; then
            cat "$folder/log" >&2
            exit 1
        fi
        sleep 0.05
    done
    echo ready
}

# A second signal does not interrupt the cleaning up.
clean() {
    trap '' HUP INT TERM
    stop
    cd /
    rm -rf "$folder"
}

trap clean EXIT
trap 'exit 1' HUP INT TERM
cd "$folder" || exit 1
printf '%s\n' "$password" >password
"$bin/initdb" -D data -U billing -E UTF8 --locale=C.UTF-8 --no-sync --auth=scram-sha-256 --pwfile=password >log 2>&1 || {
    cat log >&2
    exit 1
}
start "$@"
while read -r order; do
    case $order in
        crash)
            stop
            echo stopped
            ;;
        start) start "$@" ;;
    esac
done
