package queue

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/internal/sampled"
)

// TestRiverSaysLittle: of River's log, what goes wrong is logged once a minute, with its reason, and nothing else.
func TestRiverSaysLittle(t *testing.T) {
	var out bytes.Buffer
	at := time.Now()
	log := slog.New(handler{log: sampled.New(slog.New(slog.NewTextHandler(&out, nil)), func() time.Time { return at })})
	for range 1000 {
		log.Info("Client: started")
		log.Error("Elector: Error attempting to elect", "attempt", 3, "err", "connection refused")
		log.With("error", "disk full").WithGroup("g").Warn("Producer: Error fetching jobs")
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 2 || !strings.Contains(lines[0], "Elector: Error attempting to elect") || !strings.Contains(lines[0], "connection refused") ||
		!strings.Contains(lines[1], "disk full") {
		t.Errorf("logged:\n%s", out.String())
	}
}
