package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"newsroom.example/cards/bench/internal/instance"
	"newsroom.example/cards/bench/internal/sample"
)

// Taps of the measurement: of how many clients at once, on the links of how many stories.
const (
	tapClients    = 200
	tappedStories = 300
)

// linkWorks returns the works in which wrk taps short links, each time as another reader: how many taps are redirected,
// beside a bare Echo handler that redirects, and how long they take while both cores draw.
func (b *bench) linkWorks() []work {
	name := fmt.Sprintf("short link, counted, %d clients", tapClients)
	return []work{
		{name: name, unit: "requests/s", value: rateOf, better: more, job: job{seconds: 4}, rounds: 3, brief: true,
			entrants: []entrant{
				{name: us, modes: []mode{{contender: links{b: b}}}},
				{name: bareEcho, modes: []mode{{contender: bareLinks{b}}}},
			},
			goal: goal{words: "at least half of a bare Echo redirect", against: []string{bareEcho}, limit: 0.5}},
		{name: name + ", while both cores draw, p99", unit: "ms", value: func(t turn) float64 { return t.P99 }, better: less,
			job: job{photo: b.photos.photos["E"], seconds: 4}, rounds: 3, brief: true,
			entrants: []entrant{{name: us, modes: []mode{{contender: links{b, requests / 2}}}}},
			goal:     goal{words: "at most 20 ms", limit: 20, atMost: true}},
	}
}

// links measures taps on the service's short links, while as many clients as draw have photo cards drawn.
type links struct {
	b    *bench
	draw int
}

func (l links) turn(ctx context.Context, j job) (t turn, err error) {
	// Each tap comes from an address that wrk writes.
	err = l.b.withService(ctx, []string{"--trusted-proxy", "127.0.0.1/32"}, func(s *instance.Service) error {
		codes, err := l.b.shortCodes(ctx, s)
		if err != nil {
			return err
		}
		drawing, stop := context.WithCancel(ctx)
		defer stop()
		if l.draw > 0 {
			go func() { _, _ = load(drawing, l.draw, 3600, ours{b: l.b}.draw(s, j)) }()
			time.Sleep(time.Second) // it has begun
		}
		var taps int
		if t, taps, err = l.b.tapAll(ctx, s.Base, codes, j.seconds); err != nil {
			return err
		}
		stop()
		return counted(ctx, s, taps)
	})
	return t, err
}

// storyOf returns the ID of the i-th story with a link.
func storyOf(i int) string { return fmt.Sprint("tapped-", i) }

// shortCodes registers stories without photos, and returns their codes.
func (b *bench) shortCodes(ctx context.Context, s *instance.Service) (codes []string, err error) {
	for i := range tappedStories {
		body, err := json.Marshal(map[string]string{
			"url": fmt.Sprintf("https://news.example/storm-%d?id=%d", i, i), "headline": sample.Card(i).Get("headline"),
		})
		if err != nil {
			return nil, err
		}
		raw, _, err := s.Do(ctx, http.MethodPut, "/v1/articles/"+storyOf(i), bytes.NewReader(body))
		if err != nil {
			return nil, err
		}
		var answer struct {
			ShortURL string `json:"short_url"`
		}
		if err := json.Unmarshal(raw, &answer); err != nil {
			return nil, err
		}
		codes = append(codes, answer.ShortURL[strings.LastIndex(answer.ShortURL, "/")+1:])
	}
	return codes, nil
}

// counted checks that each tap that was redirected is in the sums, and at most those more that were on their way at the
// end.
func counted(ctx context.Context, s *instance.Service, taps int) error {
	sum := 0
	for i := range tappedStories {
		raw, _, err := s.Get(ctx, "/v1/articles/"+storyOf(i)+"/stats?window=1h")
		if err != nil {
			return err
		}
		var stats struct{ Raw int }
		if err := json.Unmarshal(raw, &stats); err != nil {
			return err
		}
		sum += stats.Raw
	}
	if sum < taps || sum > taps+2*tapClients {
		return fmt.Errorf("%d taps were redirected, and %d are counted", taps, sum)
	}
	return nil
}

// bareLinks measures the redirects of bareecho.
type bareLinks struct{ b *bench }

func (l bareLinks) turn(ctx context.Context, j job) (t turn, err error) {
	err = l.b.withBareEcho(ctx, func(address string) error {
		at, err := url.Parse(address)
		if err != nil {
			return err
		}
		t, _, err = l.b.tapAll(ctx, "http://"+at.Host, []string{"abcdefg", "hijklmn"}, j.seconds)
		return err
	})
	return t, err
}

// tapScript has wrk open a random link as another reader each time.
const tapScript = `local codes = {%s}
request = function()
  return "GET /s/" .. codes[math.random(#codes)] .. " HTTP/1.1\r\nHost: x\r\nAccept: */*\r\nUser-Agent: Mozilla/5.0 " ..
    "(iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 " ..
    "Safari/604.1\r\nX-Forwarded-For: " .. math.random(1, 223) .. "." .. math.random(0, 255) .. "." ..
    math.random(0, 255) .. "." .. math.random(1, 254) .. "\r\n\r\n"
end
`

var (
	wrkP50 = regexp.MustCompile(`\s50%\s+(\S+)`)
	wrkP99 = regexp.MustCompile(`\s99%\s+(\S+)`)
	wrkSum = regexp.MustCompile(`([0-9]+) requests in`)
)

// tapAll has wrk tap the links, and returns how many taps were redirected.
func (b *bench) tapAll(
	ctx context.Context, base string, codes []string, seconds float64,
) (t turn, taps int, err error) {
	if err := leads(ctx, base+"/s/"+codes[0]); err != nil {
		return t, 0, err
	}
	script := filepath.Join(b.dir, "taps.lua")
	if err := os.WriteFile(script, fmt.Appendf(nil, tapScript, `"`+strings.Join(codes, `","`)+`"`), 0o600); err != nil {
		return t, 0, err
	}
	out, err := exec.CommandContext(ctx, "wrk", "-t", "1", "-c", strconv.Itoa(tapClients), "-d",
		fmt.Sprintf("%ds", max(1, int(seconds))), "--latency", "-s", script, base).Output()
	if err != nil {
		return t, 0, fmt.Errorf("wrk: %w", err)
	}
	t, taps, err = tapped(string(out))
	return t, taps + 1, err
}

// tapped reads what wrk has printed.
func tapped(out string) (t turn, taps int, err error) {
	rate, sum := wrkRate.FindStringSubmatch(out), wrkSum.FindStringSubmatch(out)
	p50, p99 := wrkP50.FindStringSubmatch(out), wrkP99.FindStringSubmatch(out)
	if rate == nil || sum == nil || p50 == nil || p99 == nil ||
		strings.Contains(out, "Non-2xx") || strings.Contains(out, "Socket errors") {
		return t, 0, fmt.Errorf("wrk: %s", out)
	}
	middle, errMiddle := time.ParseDuration(p50[1])
	tail, errTail := time.ParseDuration(p99[1])
	perSecond, errRate := strconv.ParseFloat(rate[1], 64)
	taps, errSum := strconv.Atoi(sum[1])
	return turn{Rate: perSecond, P50: ms(middle), P99: ms(tail)}, taps, errors.Join(errMiddle, errTail, errRate, errSum)
}

// leads returns an error unless the address redirects a reader.
func leads(ctx context.Context, address string) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	r.Header.Set("User-Agent", "Mozilla/5.0")
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusFound {
		return fmt.Errorf("%s: status %d", address, resp.StatusCode)
	}
	return nil
}
