package completion

// bash splits words at "=", so the value of --flag=value is a word of its own, after one that is "=".
const bash = `# Completion of {{.Program}} for bash.
_{{.Program}}() {
    local cur=${COMP_WORDS[COMP_CWORD]} flag=${COMP_WORDS[COMP_CWORD - 1]} at={{.Program}} i words= flags=
    if [[ $cur == = ]]; then
        cur=
    elif [[ $flag == = ]]; then
        flag=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    for ((i = 1; i < COMP_CWORD; i++)); do
        case "$at ${COMP_WORDS[i]}" in
{{- range .Commands}}{{if ne .At $.Program}}
        {{quote .At}}) at={{quote .At}} ;;
{{- end}}{{end}}
        esac
    done
    case "$at $flag" in
{{- range $line := .Commands}}{{range .Command.Flags}}{{if .Takes}}
    {{$line.Patterns .}}) words={{words .Values}} ;;
{{- end}}{{end}}{{end}}
    *)
        case $at in
{{- range .Commands}}
        {{quote .At}}) words={{words .Command.Names}} flags={{words .Command.Written}} ;;
{{- end}}
        esac
        [[ $cur == -* ]] && words=$flags
        ;;
    esac
    COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o bashdefault -o default -F _{{.Program}} {{.Program}}
`

// zsh reads the script from a file of its own in $fpath, or with source.
const zsh = `#compdef {{.Program}}
# Completion of {{.Program}} for zsh.
_{{.Program}}() {
    local at={{.Program}} flag=${words[CURRENT-1]} i
    local -a found flags
    if [[ ${words[CURRENT]} == --*=* ]]; then
        flag=${words[CURRENT]%%=*}
        compset -P '*='
    fi
    for ((i = 2; i < CURRENT; i++)); do
        case "$at ${words[i]}" in
{{- range .Commands}}{{if ne .At $.Program}}
        ({{quote .At}}) at={{quote .At}} ;;
{{- end}}{{end}}
        esac
    done
    case "$at $flag" in
{{- range $line := .Commands}}{{range .Command.Flags}}{{if .Takes}}
    ({{$line.Patterns .}})
        {{if .Values}}found=({{range .Values}}{{quote .}} {{end}}); _describe value found{{else}}_files{{end}}
        return
        ;;
{{- end}}{{end}}{{end}}
    esac
    case $at in
{{- range .Commands}}
    ({{quote .At}})
        found=({{range .Command.Titled}}{{quote .}} {{end}})
        flags=({{range .Command.Flags}}{{quote (titled (printf "--%s" .Name) .Help)}} {{end}})
        ;;
{{- end}}
    esac
    if [[ ${words[CURRENT]} == -* ]]; then
        _describe flag flags
    elif ((${#found})); then
        _describe word found
    else
        _files
    fi
}
if [[ ${funcstack[1]} == _{{.Program}} ]]; then
    _{{.Program}} "$@"
else
    compdef _{{.Program}} {{.Program}}
fi
`

const fish = `# Completion of {{.Program}} for fish.
function __{{.Program}}_at
    set -l at {{.Program}}
    for word in (commandline -opc)[2..-1]
        switch "$at $word"
{{- range .Commands}}{{if ne .At $.Program}}
            case {{fishquote .At}}
                set at {{fishquote .At}}
{{- end}}{{end}}
        end
    end
    test "$at" = "$argv[1]"
end
{{- range $line := .Commands}}
{{- $here := printf "complete -c %s -n %s" $.Program (fishquote (printf "__%s_at %s" $.Program (fishquote .At)))}}
{{- range .Command.Values}}
{{$here}} -f -a {{fishquote .}}
{{- end}}
{{- range .Command.Commands}}
{{$here}} -f -a {{fishquote .Name}} -d {{fishquote (brief .Help)}}
{{- end}}
{{- range .Command.Flags}}
{{$here}} -l {{.Name}}{{if .Short}} -s {{.Short}}{{end}}
{{- if .Values}} -x -a {{fishquote (join .Values)}}{{else if .Takes}} -r -F{{end}} -d {{fishquote (brief .Help)}}
{{- end}}
{{- end}}
`
