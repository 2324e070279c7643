// Command memory measures the peak resident memory of the service. It starts the service and sends 64 requests at a
// time: for cards of the largest photos that the service accepts, for decompression bombs, and uploads. It repeats
// requests that are answered with 503, so that the service is always drawing. It fails if the peak exceeds 512 MiB, or
// if too few cards are drawn for a reliable result. It runs on Linux only.
//
//	go run ./bench/memory
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"
)

const (
	parallel  = 64
	requests  = 256              // number of requests
	patience  = 30 * time.Second // time for repeating a request after 503
	leastDone = 20               // percent of the cards that can be drawn
	most      = 512 << 20
	token     = "memory-bench-token"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "memory:", err)
		os.Exit(1)
	}
}

func run() error {
	dir, err := os.MkdirTemp("", "cards-memory-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	photos := worstPhotos()
	source := httptest.NewServer(serve(photos))
	defer source.Close()
	service, err := start(dir, source.Listener.Addr().String())
	if err != nil {
		return err
	}
	defer service.stop()
	idle := service.resident()
	watch := service.watch()
	statuses := load(service.address, source.URL, photos)
	sampled, peak := watch(), service.status("VmHWM:")
	fmt.Printf("resident: %d MiB idle, %d MiB at most (VmHWM %d MiB), of %d MiB allowed\n", idle>>20, sampled>>20,
		peak>>20, most>>20)
	for _, line := range statuses.lines() {
		fmt.Println(line)
	}
	if err := statuses.check(); err != nil {
		return err
	}
	switch {
	case sampled == 0 || peak == 0:
		return errors.New("the memory of the service cannot be read")
	case max(sampled, peak) > most:
		return fmt.Errorf("%d MiB resident", max(sampled, peak)>>20)
	}
	return nil
}

// serve serves each photo at its name. It ignores the query, which makes the URLs distinct.
func serve(photos map[string][]byte) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write(photos[strings.TrimPrefix(r.URL.Path, "/")])
	})
}

// process is the service under load.
type process struct {
	cmd     *exec.Cmd
	address string
}

// start starts the service, which may fetch photos from source, HOST:PORT.
func start(dir, source string) (*process, error) {
	binary := filepath.Join(dir, "cards")
	if out, err := exec.Command("go", "build", "-o", binary, "./cmd/cards").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build: %w: %s", err, out)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	address := l.Addr().String()
	if err := l.Close(); err != nil {
		return nil, err
	}
	p := &process{cmd: exec.Command(binary, "serve", "--addr", address, "--data", filepath.Join(dir, "data"),
		"--photo-allow", source, "--api-token", token, "--log-level", "error"), address: "http://" + address}
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	for range 200 {
		if resp, err := http.Get(p.address + "/readyz"); err == nil {
			resp.Body.Close()
			return p, nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	p.stop()
	return nil, errors.New("the service is not ready")
}

func (p *process) stop() {
	_ = p.cmd.Process.Kill()
	_ = p.cmd.Wait()
}

// status returns a field of /proc/PID/status, such as "VmRSS:", in bytes, and 0 if it cannot be read.
func (p *process) status(name string) int64 {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	_, line, _ := strings.Cut(string(data), name)
	kib, _ := strconv.ParseInt(strings.Fields(line + " 0")[0], 10, 64)
	return kib << 10
}

func (p *process) resident() int64 { return p.status("VmRSS:") }

// watch samples the resident memory until the returned function is called, which returns the maximum in bytes.
func (p *process) watch() func() int64 {
	ctx, cancel := context.WithCancel(context.Background())
	found := make(chan int64)
	go func() {
		peak := int64(0)
		for {
			peak = max(peak, p.resident())
			select {
			case <-ctx.Done():
				found <- peak
				return
			case <-time.After(10 * time.Millisecond):
			}
		}
	}()
	return func() int64 { cancel(); return <-found }
}

// load requests cards with each photo in turn. Every eighth request is an upload instead.
func load(service, source string, photos map[string][]byte) *counts {
	c := &counts{n: map[string]int{}}
	names := sorted(photos)
	jobs := make(chan int)
	var wg sync.WaitGroup
	for range parallel {
		wg.Go(func() {
			for i := range jobs {
				name := names[(i+i/len(names))%len(names)]
				if i%8 == 7 {
					c.add("upload "+name, upload(service, photos[name]))
					continue
				}
				address := fmt.Sprintf("%s/%s?%d", source, name, i)
				c.add("card "+name, patiently(func() int { return ask(service, address, i) }))
			}
		})
	}
	for i := range requests {
		jobs <- i
	}
	close(jobs)
	wg.Wait()
	return c
}

// patiently repeats a request while the status is 503, for at most patience, and returns the last status.
func patiently(ask func() int) (status int) {
	for end := time.Now().Add(patience); ; time.Sleep(time.Second) {
		if status = ask(); status != http.StatusServiceUnavailable || time.Now().After(end) {
			return status
		}
	}
}

func ask(service, photo string, i int) int {
	sizes := []string{"og", "square", "story", "2400x2400"}
	q := url.Values{"headline": {fmt.Sprint("The worst photos, number ", i)}, "photo": {photo},
		"size": {sizes[i%len(sizes)]}, "strict": {"1"}}
	return send(http.MethodGet, service+"/v1/card.jpg?"+q.Encode(), nil)
}

func upload(service string, data []byte) int {
	return send(http.MethodPost, service+"/v1/photos", bytes.NewReader(data))
}

// send sends a request with the API token, which also allows cards without a signature, and returns the status of the
// response, or 0 if there is none.
func send(method, address string, body io.Reader) int {
	req, err := http.NewRequest(method, address, body)
	if err != nil {
		return 0
	}
	req.Header.Set("Authorization", "Bearer "+token)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0
	}
	defer resp.Body.Close()
	return resp.StatusCode
}
