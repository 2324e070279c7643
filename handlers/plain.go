package handlers

import (
	"encoding/json"
	"log/slog"
	"maps"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/internal/fault"
)

// errPlain refuses what must not go on being sent over plain HTTP.
var errPlain = fault.Public(fault.Invalid, "plain HTTP",
	"this address only leads readers to HTTPS: send the request to the https URL of the service; a token that was sent here should be replaced")

// Redirector returns the handler of a listener for plain HTTP. It leads readers to the same address below the prefix,
// which is that of a service over HTTPS. It refuses requests that change something or have a token: their clients would
// go on sending it where all can read it.
func Redirector(prefix string, log *slog.Logger) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path := r.URL.EscapedPath()
		reads := r.Method == http.MethodGet || r.Method == http.MethodHead
		if !reads || r.Header.Get("Authorization") != "" || !strings.HasPrefix(path, "/") {
			refusePlain(w, log)
			return
		}
		if r.URL.RawQuery != "" {
			path += "?" + r.URL.RawQuery
		}
		maps.Copy(w.Header(), answer.Always)
		w.Header().Set("Cache-Control", "public, max-age=3600")
		http.Redirect(w, r, prefix+path, http.StatusMovedPermanently) //nolint:gosec // the prefix has the host
	})
}

// refusePlain answers an error as the service itself does.
func refusePlain(w http.ResponseWriter, log *slog.Logger) {
	id := newRequestID()
	body, _ := json.Marshal(answer.Error(errPlain, id)) // cannot fail: only strings
	maps.Copy(w.Header(), answer.Always)
	w.Header().Set(answer.HeaderRequestID, id)
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set(echo.HeaderContentType, echo.MIMEApplicationJSON)
	w.WriteHeader(fault.KindOf(errPlain).Answer().Status)
	if _, err := w.Write(append(body, '\n')); err != nil {
		log.Debug("a refusal was not sent", "request_id", id, "error", err)
	}
}
