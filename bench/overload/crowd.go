package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"newsroom.example/cards/bench/internal/instance"
	"newsroom.example/cards/bench/internal/sample"
)

// photos is the number of photos that are uploaded in advance. Each card has one of them and a unique headline.
const photos = 8

// crowd sends requests for new cards to a service.
type crowd struct {
	s      *instance.Service
	ids    []string
	cached string // address of a cached picture
	short  string // address of a short link
	next   atomic.Int64
}

func newCrowd(ctx context.Context, s *instance.Service) (*crowd, error) {
	c := &crowd{s: s}
	data, _, err := sample.Detailed.JPEG()
	if err != nil {
		return nil, err
	}
	for i := range photos {
		parts := sample.Marked(data, i)
		raw, _, err := s.Do(ctx, http.MethodPost, "/v1/photos", bytes.NewReader(bytes.Join(parts[:], nil)))
		if err != nil {
			return nil, err
		}
		var answer struct{ ID string }
		if err := json.Unmarshal(raw, &answer); err != nil {
			return nil, err
		}
		c.ids = append(c.ids, answer.ID)
	}
	return c, c.article(ctx)
}

// article registers an article. Its picture and short link are requested during the overload.
func (c *crowd) article(ctx context.Context) error {
	body := fmt.Sprintf(`{"url":"https://news.example/storm","headline":"Storm front stalls","photo":{"url":%q}}`,
		c.ids[0])
	raw, _, err := c.s.Do(ctx, http.MethodPut, "/v1/articles/storm", strings.NewReader(body))
	if err != nil {
		return err
	}
	var answer struct {
		ShortURL string `json:"short_url"`
		Images   map[string]struct{ URL string }
	}
	if err := json.Unmarshal(raw, &answer); err != nil {
		return err
	}
	c.short = strings.TrimPrefix(answer.ShortURL, c.s.Base)
	c.cached = strings.TrimPrefix(answer.Images["og"].URL, c.s.Base)
	return nil
}

// card returns the address of a new card.
func (c *crowd) card() string {
	n := int(c.next.Add(1))
	q := sample.Card(n)
	q.Set("photo", c.ids[n%len(c.ids)])
	return instance.Sign("/v1/card.jpg", q)
}

// answer is the result of a request.
type answer struct {
	status     int // 0: no response, because of err
	degraded   bool
	retryAfter bool // Retry-After is a whole number of seconds from 1 to 10
	began      time.Time
	took       time.Duration
	err        error
}

// get sends a request and reads the whole response.
func (c *crowd) get(ctx context.Context, address string) answer {
	a := answer{began: time.Now()}
	_, header, err := c.s.Get(ctx, address)
	a.took = time.Since(a.began)
	var status *instance.StatusError
	switch {
	case errors.As(err, &status):
		a.status = status.Status
	case err != nil:
		a.err = err
		return a
	default:
		a.status = http.StatusOK
	}
	a.degraded = header.Get("X-Card-Degraded") != ""
	seconds, err := strconv.Atoi(header.Get("Retry-After"))
	a.retryAfter = err == nil && seconds >= 1 && seconds <= 10
	return a
}

// closed requests cards on concurrent lanes for the given time. Each lane sends its next request after a response.
func (c *crowd) closed(ctx context.Context, lanes int, length time.Duration) []answer {
	var mu sync.Mutex
	var all []answer
	var wg sync.WaitGroup
	for end := time.Now().Add(length); lanes > 0; lanes-- {
		wg.Go(func() {
			for time.Now().Before(end) && ctx.Err() == nil {
				a := c.get(ctx, c.card())
				mu.Lock()
				all = append(all, a)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return all
}

// mostWaiting is the maximum number of concurrent requests in open. At this number, the next request waits.
const mostWaiting = 1500

// open sends requests at a rate, in requests a second, for the given time. It does not wait for responses in between.
// It returns when all requests have ended.
func (c *crowd) open(ctx context.Context, rate float64, length time.Duration) []answer {
	var mu sync.Mutex
	var all []answer
	var wg sync.WaitGroup
	waiting := make(chan struct{}, mostWaiting)
	began := time.Now()
	for i := 0; time.Since(began) < length && ctx.Err() == nil; i++ {
		time.Sleep(time.Until(began.Add(time.Duration(float64(i) / rate * float64(time.Second)))))
		waiting <- struct{}{}
		wg.Go(func() {
			defer func() { <-waiting }()
			a := c.get(ctx, c.card())
			mu.Lock()
			all = append(all, a)
			mu.Unlock()
		})
	}
	wg.Wait()
	return all
}

// with returns the answers with a status.
func with(all []answer, status int) []answer {
	var some []answer
	for _, a := range all {
		if a.status == status {
			some = append(some, a)
		}
	}
	return some
}

// quantile returns the q-quantile (0 to 1) of the response times, rounded to 0.1 ms, or 0 if there are no answers.
func quantile(all []answer, q float64) time.Duration {
	if len(all) == 0 {
		return 0
	}
	times := make([]time.Duration, len(all))
	for i, a := range all {
		times[i] = a.took
	}
	slices.Sort(times)
	return times[min(len(times)-1, int(q*float64(len(times))))].Round(100 * time.Microsecond)
}

// isWithin reports whether the q-quantile of the response times is at most limit. Without answers it is not.
func isWithin(all []answer, q float64, limit time.Duration) bool {
	return len(all) > 0 && quantile(all, q) <= limit
}

// whole returns the answers with a card that is complete.
func whole(all []answer) []answer {
	return slices.DeleteFunc(with(all, http.StatusOK), func(a answer) bool { return a.degraded })
}

// ready requests /readyz over a new connection, as a load balancer does. It returns the status, or 0 if there is no
// response.
func (c *crowd) ready() int {
	client := http.Client{Timeout: 2 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.Get(c.s.Base + "/readyz")
	if err != nil {
		return 0
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, resp.Body) // only the status matters
	return resp.StatusCode
}
