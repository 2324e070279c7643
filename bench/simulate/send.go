package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// errBusy is a refusal after which a client is to try again.
var errBusy = errors.New("503")

// send sends a request to the next service, and counts it. What is refused because something is busy is sent again, as
// clients do; refusals are counted too. An answer other than 200, 201 and 302 is an error.
func (r *rig) send(
	ctx context.Context, k kind, method, address, body string, header ...string,
) ([]byte, http.Header, error) {
	for tries := 1; ; tries++ {
		r.sent[k].Add(1)
		raw, answered, err := r.try(ctx, method, address, body, header)
		if !errors.Is(err, errBusy) || tries == mostTries || ctx.Err() != nil {
			return raw, answered, err
		}
		r.refused.Add(1)
		time.Sleep(time.Second)
	}
}

const mostTries = 20

func (r *rig) try(ctx context.Context, method, address, body string, header []string) ([]byte, http.Header, error) {
	s := r.services[int(r.turn.Add(1))%len(r.services)]
	req, err := http.NewRequestWithContext(ctx, method, s.Base+address, strings.NewReader(body))
	if err != nil {
		return nil, nil, err
	}
	if method != http.MethodGet {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := s.Client.Do(req)
	if err != nil {
		return nil, nil, err
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	switch {
	case err != nil:
	case resp.StatusCode == http.StatusServiceUnavailable:
		err = fmt.Errorf("%s %s: %w %.200s", method, address, errBusy, raw)
	case resp.StatusCode != http.StatusOK && resp.StatusCode != http.StatusCreated && resp.StatusCode != http.StatusFound:
		err = fmt.Errorf("%s %s: %d %.200s", method, address, resp.StatusCode, raw)
	}
	return raw, resp.Header, err
}
