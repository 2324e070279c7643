package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"

	"newsroom.example/cards/bench/internal/instance"
	"newsroom.example/cards/bench/internal/sample"
)

// wireWork returns the work in which wrk requests a cached picture: from the service by an article's address and by a
// signed address, and from a bare Echo handler that serves a card of the same kind.
func (b *bench) wireWork(name string, notModified bool) work {
	return work{
		name: name, unit: "requests/s", value: rateOf, better: more, job: job{seconds: 3}, rounds: 3, brief: true,
		entrants: []entrant{
			{name: us, modes: []mode{{contender: wire{b, notModified, articlePicture}}}},
			{name: "cards, signed address", modes: []mode{{contender: wire{b, notModified, signedPicture}}}},
			{name: bareEcho, modes: []mode{{contender: bare{b, notModified}}}},
		},
		goal: goal{words: "at least 0.85 times a bare Echo handler", against: []string{bareEcho}, limit: 0.85},
	}
}

// wire measures the service with wrk.
type wire struct {
	b           *bench
	notModified bool
	address     func(ctx context.Context, b *bench, s *instance.Service) (string, error)
}

func (w wire) turn(ctx context.Context, j job) (t turn, err error) {
	err = w.b.withService(ctx, nil, func(s *instance.Service) error {
		address, err := w.address(ctx, w.b, s)
		if err != nil {
			return err
		}
		t, err = wrk(ctx, s.Base+address, w.notModified, j.seconds)
		return err
	})
	return t, err
}

// articlePicture registers an article with the detailed photo and returns the address of its picture.
func articlePicture(ctx context.Context, b *bench, s *instance.Service) (string, error) {
	id, err := b.upload(ctx, s, b.photos.photos["E"].data)
	if err != nil {
		return "", err
	}
	q := sample.Card(b.number())
	body := fmt.Sprintf(`{"url":"https://news.example/storm","headline":%q,"caption":%q,"photo":{"url":%q}}`,
		q.Get("headline"), q.Get("caption"), id)
	raw, _, err := s.Do(ctx, http.MethodPut, "/v1/articles/storm", strings.NewReader(body))
	if err != nil {
		return "", err
	}
	found := pictureAddress.FindSubmatch(raw)
	if found == nil {
		return "", errors.New("the article's answer names no picture")
	}
	return string(found[1]), nil
}

var pictureAddress = regexp.MustCompile(`"https?://[^/"]+(/cards/[^"]+/og\.jpg)"`)

// signedPicture uploads the detailed photo and returns the signed address of a card with it.
func signedPicture(ctx context.Context, b *bench, s *instance.Service) (string, error) {
	id, err := b.upload(ctx, s, b.photos.photos["E"].data)
	if err != nil {
		return "", err
	}
	q := sample.Card(b.number())
	q.Set("photo", id)
	return instance.Sign("/v1/card.jpg", q), nil
}

// bare measures bareecho, which serves one of our cards, with wrk.
type bare struct {
	b           *bench
	notModified bool
}

func (w bare) turn(ctx context.Context, j job) (turn, error) {
	var t turn
	err := w.b.withBareEcho(ctx, func(address string) (err error) {
		t, err = wrk(ctx, address, w.notModified, j.seconds)
		return err
	})
	return t, err
}

// withBareEcho runs bareecho while use runs, with the address of the picture that it serves.
func (b *bench) withBareEcho(ctx context.Context, use func(address string) error) error {
	file, err := b.cardFile(ctx)
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, b.bareEcho, file)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	defer func() { _ = cmd.Process.Signal(syscall.SIGTERM); _ = cmd.Wait() }()
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return err
	}
	return use(strings.TrimSpace(address))
}

// cardFile returns the path of a file with one of our photo cards. The first call draws it.
func (b *bench) cardFile(ctx context.Context) (string, error) {
	file := filepath.Join(b.dir, "card.jpg")
	if _, err := os.Stat(file); err == nil {
		return file, nil
	}
	return file, b.withService(ctx, nil, func(s *instance.Service) error {
		address, err := signedPicture(ctx, b, s)
		if err != nil {
			return err
		}
		data, _, err := s.Get(ctx, address)
		if err != nil {
			return err
		}
		return os.WriteFile(file, data, 0o600)
	})
}

var wrkRate = regexp.MustCompile(`Requests/sec:\s+([0-9.]+)`)

// wrk measures requests for one address over 32 connections. With notModified it sends the picture's ETag and expects
// 304. It checks the first response, and returns an error if wrk reports failed requests.
func wrk(ctx context.Context, address string, notModified bool, seconds float64) (turn, error) {
	etag, size, err := probe(address, "")
	if err != nil {
		return turn{}, err
	}
	args := []string{"-t", "1", "-c", "32", "-d", fmt.Sprintf("%ds", max(1, int(seconds)))}
	if notModified {
		if _, _, err := probe(address, etag); err != nil {
			return turn{}, err
		}
		args = append(args, "-H", "If-None-Match: "+etag)
	}
	out, err := exec.CommandContext(ctx, "wrk", append(args, address)...).Output()
	if err != nil {
		return turn{}, fmt.Errorf("wrk: %w", err)
	}
	found := wrkRate.FindSubmatch(out)
	if found == nil || strings.Contains(string(out), "Non-2xx") || strings.Contains(string(out), "Socket errors") {
		return turn{}, fmt.Errorf("wrk: %s", out)
	}
	n, err := strconv.ParseFloat(string(found[1]), 64)
	return turn{Rate: n, Bytes: size}, err
}

// probe sends one request and returns the ETag and size of the response. The status must be 200, or 304 if etag is set.
func probe(address, etag string) (tag string, size int, err error) {
	req, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		return "", 0, err
	}
	want := http.StatusOK
	if etag != "" {
		req.Header.Set("If-None-Match", etag)
		want = http.StatusNotModified
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", 0, err
	}
	defer resp.Body.Close()
	tag = resp.Header.Get("ETag")
	if resp.StatusCode != want || tag == "" {
		err = fmt.Errorf("%s: status %d, ETag %q", address, resp.StatusCode, tag)
	}
	return tag, int(resp.ContentLength), err
}
