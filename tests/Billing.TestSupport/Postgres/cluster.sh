# Runs a PostgreSQL cluster of its own on a loopback port for as long as standard input stays open, so that neither server
# nor folder outlives the process that started it, however that ends.
# Arguments: folder of the programs, port, port of the server whose standby this one is or 0, then options of the server. The
# first line of input is the password of the user "billing"; "crash" stops the server as a crash would, "kill" kills its first
# process and leaves the others to find out, "lose" ends all of them at once as the loss of the machine would, "start" starts it
# again, "promote" makes a standby the primary. Answers "ready" and "stopped".
set -u
bin=$1
port=$2
primary=$3
shift 3
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

# A server does not start while a process of the one before is left, so this waits for them.
slay() {
    left=$(ps -o pid= --ppid "$server")
    kill -s KILL "$server" 2>/dev/null
    { wait "$server"; } 2>/dev/null
    server=
    for pid in $left; do
        while kill -0 "$pid" 2>/dev/null; do sleep 0.02; done
    done
}

# Those left over after the first process would show what waits for a standby as committed, and then end.
lose() {
    kill -s STOP "$server"
    # shellcheck disable=SC2046
    kill -s STOP $(ps -o pid= --ppid "$server") 2>/dev/null
    # shellcheck disable=SC2046
    kill -s KILL $(ps -o pid= --ppid "$server") 2>/dev/null
    slay
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
if [ "$primary" = 0 ]; then
    "$bin/initdb" -D data -U billing -E UTF8 --locale=C.UTF-8 --no-sync --auth=scram-sha-256 --pwfile=password >log 2>&1
else
    PGPASSWORD=$password "$bin/pg_basebackup" -D data -h 127.0.0.1 -p "$primary" -U billing -R -c fast --no-sync >log 2>&1
fi || {
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
        kill)
            slay
            echo stopped
            ;;
        lose)
            lose
            echo stopped
            ;;
        start) start "$@" ;;
        promote)
            "$bin/pg_ctl" promote -D "$folder/data" >>"$folder/log" 2>&1 && echo ready
            ;;
    esac
done
