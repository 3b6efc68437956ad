# bash completion of notifier, mock-smsc, smpp-dump and smpp-load: options as their --help names them, the words of
# options like --output text|json, how notifier's URLs begin, and files for the rest. Source it, or link it under each
# program's name into /usr/share/bash-completion/completions.
_smpp_tools() {
    local program=$1 word=$2 before=$3 help
    help=$("$program" --help 2>/dev/null) || return
    COMPREPLY=()
    if [[ $before == -* && $before != *=* ]]; then
        local choices
        choices=$(sed -nE "s/^  (-[A-Za-z] \[ )?$before( \[ --[a-z-]+)?( \])? ([a-z0-9._-]+(\|[a-z0-9._-]+)+).*/\4/p" <<<"$help" | head -1)
        if [[ -n $choices ]]; then
            mapfile -t COMPREPLY < <(compgen -W "${choices//|/ }" -- "$word")
            return
        fi
    fi
    if [[ $word == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$(grep -oE '^  (-[A-Za-z] \[ )?--[a-z][a-z_-]*' <<<"$help" | grep -oE -- '--.*')" -- "$word")
        return
    fi
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
    if [[ ${program##*/} == notifier && $before != -* && $before != : ]]; then
        local urls
        mapfile -t urls < <(compgen -W "smpp:// smpps://" -- "$word")
        COMPREPLY+=("${urls[@]}")
        [[ ${#urls[@]} -eq 0 ]] || compopt -o nospace 2>/dev/null
    fi
}
complete -o filenames -F _smpp_tools notifier mock-smsc smpp-dump smpp-load
