# Read by the scripts: how they say what they do, and what is wrong with their arguments. The comment at a script's head
# is its help, and the line "usage:" in there its usage.
script=$(cd "$(dirname "$0")" && pwd)/${0##*/} # scripts go to other folders later

help() {
    sed -n -e '1d' -e '/^#/!q' -e 's/^# \{0,1\}//p' "$script"
}

# failed MESSAGE
failed() {
    echo "${0##*/}: $1" >&2
    exit 1
}

# misused MESSAGE
misused() {
    echo "${0##*/}: $1" >&2
    help | sed -n '/^usage:/{p;q;}' >&2
    exit 2
}

# has_value OPTION VALUE...: of what is left of the arguments
has_value() {
    [ $# -ge 2 ] || misused "$1 needs a value"
}

# arguments LEAST MOST ARGUMENT...: for scripts without options
arguments() {
    least=$1 most=$2
    shift 2
    for argument; do
        case $argument in -*) misused "unknown option: $argument" ;; esac
    done
    [ $# -ge "$least" ] || misused "too few arguments"
    [ $# -le "$most" ] || misused "too many arguments"
}

# maven_options ARGUMENT...: for scripts that pass all of them on
maven_options() {
    for argument; do
        case $argument in
            -D?* | -o | -q | -X) ;;
            *) misused "not an option to pass on to Maven: $argument" ;;
        esac
    done
}

for argument; do
    case $argument in
        -h | --help)
            help
            exit
            ;;
    esac
done
