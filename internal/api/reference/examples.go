package main

import (
	"maps"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"

	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/web"
)

// exampleOf returns an example with its request as a command.
func exampleOf(e api.Example) web.Example {
	var headers []string
	for _, name := range slices.Sorted(maps.Keys(e.Headers)) {
		headers = append(headers, name+": "+e.Headers[name])
	}
	return web.Example{Title: e.Title, Curl: curl(e), Status: strconv.Itoa(e.Status) + " " + http.StatusText(e.Status),
		Headers: strings.Join(headers, "\n"), Answer: e.Answer}
}

// saved returns the name of the file that an answer is kept in, or "" if it is no file.
func saved(e api.Example) string {
	media := e.Headers["Content-Type"]
	if !strings.HasPrefix(media, "image/") && media != "application/zip" {
		return ""
	}
	at, _, _ := strings.Cut(e.Target, "?")
	if name := path.Base(at); path.Ext(name) != "" {
		return name
	}
	return path.Base(at) + "." + path.Base(media)
}

// curl returns the command that sends the request. The shell takes the token from its environment.
func curl(e api.Example) string {
	first := "curl"
	switch {
	case e.Answer == "" && saved(e) != "":
		first += " -f -o " + saved(e) // -f: an error is not written to the file
	case e.Answer == "" || e.Status >= 300 && e.Status < 400:
		first += " -i"
	}
	if e.Method != http.MethodGet {
		first += " -X " + e.Method
	}
	parts := []string{first + " " + quote(web.PlaceURL+e.Target)}
	switch e.Scheme {
	case "":
	case "Bearer":
		parts = append(parts, `-H "Authorization: Bearer $TOKEN"`)
	default:
		parts = append(parts, `-H "Authorization: `+e.Scheme+` $KAKAO_ADMIN_KEY"`)
	}
	for _, h := range e.Sends {
		parts = append(parts, "-H "+quote(h))
	}
	switch {
	case e.File != "":
		parts = append(parts, "--data-binary @"+e.File)
	case e.Body != "":
		parts = append(parts, "-d "+quote(e.Body))
	}
	return strings.Join(parts, " \\\n  ")
}

// quote returns a text as one word of a shell.
func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }
