package handlers

import (
	"encoding/json"
	"io"
	"maps"
	"net/http"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/internal/fault"
)

// errWaiting says that the service has not begun yet.
var errWaiting = fault.Public(fault.Unavailable, "waits for its database",
	"not ready: the service waits for its database; try again shortly")

// Waiting answers requests while the service waits for its database: /healthz as always, all others with 503.
func Waiting() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		maps.Copy(header, answer.Always)
		id := newRequestID()
		header.Set(answer.HeaderRequestID, id)
		header.Set("Cache-Control", "no-store")
		if r.URL.Path == "/healthz" && (r.Method == http.MethodGet || r.Method == http.MethodHead) {
			_, _ = io.WriteString(w, "ok\n") // fails only if the client has disconnected
			return
		}
		header.Set(echo.HeaderContentType, echo.MIMEApplicationJSON)
		header.Set("Retry-After", "1")
		w.WriteHeader(statusOf(errWaiting))
		_ = json.NewEncoder(w).Encode(answer.Error(errWaiting, id)) // as above
	})
}
