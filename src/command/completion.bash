# SPDX-License-Identifier: Apache-2.0
# Completion of defray's command lines in bash. What there is to choose from is asked of the
# program itself ('defray help --words'), so that nothing here can grow old; no table is read,
# and of a ledger only the numbers of its batches. Installed as
# share/bash-completion/completions/defray; or: source this file.

# Words that the program knows: _defray_words KIND OWNER FIELD.
_defray_words()
{
    awk -F '\t' -v kind="$1" -v owner="$2" -v field="$3" \
        '$1 == kind && (owner == "" || $2 == owner) { print $field }' <<<"$_defray_list"
}

# Adds to COMPREPLY the lines that begin as what was typed.
_defray_offer()
{
    local word
    while IFS= read -r word; do
        [[ -n $word && $word == "$cur"* ]] && COMPREPLY+=("$word")
    done
}

# Files whose names end in one of the words, and folders.
_defray_files()
{
    local file ending
    compopt -o filenames 2>/dev/null
    while IFS= read -r file; do
        if [[ -d $file ]]; then
            COMPREPLY+=("$file")
            continue
        fi
        for ending in "$@"; do
            [[ ${file,,} == *"$ending" ]] && COMPREPLY+=("$file")
        done
    done < <(compgen -f -- "$cur")
}

_defray_rules()
{
    _defray_offer < <(_defray_words rules "" 2)
    _defray_files .cfg
}

# The month that has just ended first, then those before it.
_defray_months()
{
    local year month back
    printf -v year '%(%Y)T' -1
    printf -v month '%(%-m)T' -1
    for ((back = 1; back <= 14; back++)); do
        ((--month)) || { month=12; ((year--)); }
        printf '%d-%02d\n' "$year" "$month"
    done
}

# The value of an option, by what the program calls its argument.
_defray_value() # OPTION ARGUMENT
{
    case $1:$2 in
    --output:* | -o:*)
        local -a endings
        mapfile -t endings < <(_defray_words extension "" 2)
        _defray_files "${endings[@]}"
        ;;
    --certificate:*) _defray_files .json ;;
    --ledger:* | --evidence:* | --anchor:*) _defray_files "" ;;
    --rules:*) _defray_rules ;;
    *:FILE) _defray_files .csv .ods .xlsx ;;
    *:FOLDER)
        compopt -o filenames 2>/dev/null
        _defray_offer < <(compgen -d -- "$cur")
        ;;
    *:PERIOD) _defray_offer < <(_defray_months) ;;
    *:*'|'*) _defray_offer < <(tr '|' '\n' <<<"$2") ;;
    *) compopt +o default +o bashdefault 2>/dev/null ;; # a name, a day: nothing to offer
    esac
}

_defray_batches()
{
    [[ -n $ledger ]] &&
        "$program" ledger status --ledger "$ledger" 2>/dev/null | awk '$1 ~ /^[0-9]+$/ { print $1 }'
}

_defray_operand()
{
    if [[ -z $verb && -n $(_defray_words verb "$command" 3) ]]; then
        _defray_offer < <(_defray_words verb "$command" 3)
        return
    fi
    case $command:$verb in
    help:) _defray_offer < <(_defray_words command "" 2) ;;
    simulate:) _defray_files .cfg ;;
    verify:) if ((operands == 0)); then _defray_files .json; else _defray_rules; fi ;;
    explain:)
        # There are hundreds of codes: only where one was begun.
        [[ $cur == [A-Z]* ]] && _defray_offer < <(_defray_words code "" 2)
        _defray_rules
        ;;
    ledger:sent) if ((operands == 1)); then _defray_offer < <(_defray_batches); fi ;;
    ledger:close) if ((operands == 1)); then _defray_rules; else _defray_offer < <(_defray_months); fi ;;
    ledger:confirm | ledger:staff | ledger:prepare) _defray_rules ;;
    ledger:history | ledger:purge | ledger:recovered) ((operands == 1)) && _defray_rules ;;
    ledger:*) _defray_offer < <(_defray_batches) ;;
    *) _defray_rules ;;
    esac
}

_defray()
{
    local program=${COMP_WORDS[0]} command=${COMP_WORDS[1]} verb="" ledger="" operands=0
    local cur=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} owner word at argument
    local _defray_list
    COMPREPLY=()
    program=${program/#\~/$HOME}
    type -P -- "$program" >/dev/null || return 0
    _defray_list=$("$program" help --words 2>/dev/null)
    # bash takes "--lang=fr" for three words.
    if [[ $cur == = ]]; then
        cur=""
    elif [[ $previous == = ]]; then
        previous=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    if ((COMP_CWORD == 1)); then
        _defray_offer < <(_defray_words command "" 2; printf '%s\n' help --help --version)
        return
    fi
    # What stands before the cursor: the verb, the ledger, how many operands.
    for ((at = 2; at < COMP_CWORD; at++)); do
        word=${COMP_WORDS[at]}
        owner=$command${verb:+ $verb}
        if [[ $word == -* ]]; then
            argument=$(awk -F '\t' -v owner="$owner" -v option="$word" \
                '$1 == "option" && $2 == owner && $3 == option { print $4 }' <<<"$_defray_list")
            [[ ${COMP_WORDS[at + 1]} == = ]] && ((at++))
            [[ $word == --ledger ]] && ledger=${COMP_WORDS[at + 1]}
            [[ -n $argument ]] && ((at++))
            continue
        fi
        ((operands++))
        if [[ -z $verb ]] && _defray_words verb "$command" 3 | grep -qx -- "$word"; then
            verb=$word
        fi
    done
    # A ledger named after the cursor counts too.
    for ((at = COMP_CWORD + 1; at < ${#COMP_WORDS[@]} - 1; at++)); do
        [[ ${COMP_WORDS[at]} == --ledger ]] && ledger=${COMP_WORDS[at + 1]}
    done
    owner=$command${verb:+ $verb}
    argument=$(awk -F '\t' -v owner="$owner" -v option="$previous" \
        '$1 == "option" && $2 == owner && $3 == option { print $4 }' <<<"$_defray_list")
    if [[ -n $argument ]]; then
        _defray_value "$previous" "$argument"
    elif [[ $cur == -* ]]; then
        _defray_offer < <(_defray_words option "$owner" 3)
    else
        _defray_operand
    fi
}

complete -o bashdefault -o default -F _defray defray
