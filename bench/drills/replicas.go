package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"newsroom.example/cards/bench/internal/instance"
	"newsroom.example/cards/internal/blob/s3/s3server"
)

// replicaDrills kill one of two replicas behind nginx.
var replicaDrills = []drill{{"two replicas on one PostgreSQL and one S3, behind nginx", replicas}}

// replicaHead is the head of their table.
var replicaHead = []string{
	"", "kill -9 of a replica", "redirects, none failed: number, 99 %, slowest", "pictures, none failed: number, slowest",
	"articles and photos stored; refused", "a version is seen by the other replica after: median, slowest",
	"clicks: acknowledged, counted", "codes: articles, different codes", "pictures of both replicas: compared, different",
}

// Of the drill.
const (
	replicaKills = 8
	deadFor      = time.Second             // until a replica is started again
	killEvery    = 6500 * time.Millisecond // nginx asks a replica again five seconds after it has failed
	versions     = 20                      // that are put through one replica and looked for through the other
	mostSeen     = time.Second
)

// pair is two replicas.
type pair struct {
	b     *bench
	addrs [2]string
	data  [2]string
	all   [2]*instance.Service
	front *instance.Service // nginx
	flags []string
}

func replicas(ctx context.Context, b *bench) error {
	return b.onPostgres(postgresOptions{}, func() error {
		return b.onBucket(false, func(*s3server.Proxy) error {
			p, err := b.newPair(ctx)
			if err != nil {
				return err
			}
			return errors.Join(p.drill(ctx), p.stop())
		})
	})
}

// newPair starts nginx and two replicas with the same token.
func (b *bench) newPair(ctx context.Context) (*pair, error) {
	const token = "a token of the replicas of a drill"
	p := &pair{b: b}
	var listen string
	for _, addr := range []*string{&listen, &p.addrs[0], &p.addrs[1]} {
		var err error
		if *addr, err = freeAddr(); err != nil {
			return nil, err
		}
	}
	p.front = &instance.Service{Base: "http://" + listen, Token: token, Client: &http.Client{
		Timeout: 30 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 64},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	p.flags = append([]string{"--public-url", p.front.Base, "--trusted-proxy", "127.0.0.1", "--drain", "0s"}, b.flags...)
	for i := range p.all {
		p.data[i] = filepath.Join(b.root, fmt.Sprint("data-", i+1))
		file := filepath.Join(p.data[i], "api-token")
		err := errors.Join(os.Mkdir(p.data[i], 0o700), os.WriteFile(file, []byte(token), 0o600))
		if err == nil {
			err = p.start(ctx, i)
		}
		if err != nil {
			return nil, err
		}
	}
	return p, b.startNginx(ctx, listen, p.addrs)
}

func (p *pair) start(ctx context.Context, i int) (err error) {
	p.all[i], err = instance.StartAt(ctx, p.b.program, p.addrs[i], p.data[i], p.flags...)
	return err
}

func (p *pair) stop() error { return errors.Join(p.all[0].Stop(), p.all[1].Stop()) }

// startNginx starts nginx with the settings of the folder deploy. It ends with ctx, or with the drill.
func (b *bench) startNginx(ctx context.Context, listen string, replicas [2]string) error {
	program, err := exec.LookPath("nginx")
	if err != nil {
		if program, err = exec.LookPath("/usr/sbin/nginx"); err != nil {
			return fmt.Errorf("%w: nginx is not installed (scripts/deps)", errSkipped)
		}
	}
	raw, err := os.ReadFile("deploy/nginx.conf")
	if err != nil {
		return err
	}
	dir := filepath.Join(b.root, "nginx")
	conf := filepath.Join(dir, "nginx.conf")
	text := strings.NewReplacer("cards-1:8080", replicas[0], "cards-2:8080", replicas[1], "listen 8080", "listen "+listen,
		"/var/cache/nginx", filepath.Join(dir, "cache"), "/tmp", dir).Replace(string(raw))
	if err := errors.Join(os.MkdirAll(filepath.Join(dir, "cache"), 0o700), os.WriteFile(conf, []byte(text), 0o600)); err != nil {
		return err
	}
	global := "daemon off;"
	if os.Geteuid() == 0 {
		global += " user root;"
	}
	cmd := exec.CommandContext(ctx, program, "-p", dir, "-c", conf, "-g", global)
	if err := cmd.Start(); err != nil {
		return err
	}
	b.atEnd(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
	})
	waited := b.until(func() bool {
		conn, err := net.Dial("tcp", listen)
		return err == nil && conn.Close() == nil
	})
	if waited >= 2*mostRecovery {
		return errors.New("nginx does not listen")
	}
	return nil
}

// manyReaders is a client whose connections come from different networks of this machine, each from one reader.
func manyReaders() *http.Client {
	var made atomic.Int64
	dial := func(ctx context.Context, network, addr string) (net.Conn, error) {
		n := made.Add(1)
		from := net.IPv4(127, byte(1+n%200), byte(n/200%200), byte(1+n/40_000))
		return (&net.Dialer{LocalAddr: &net.TCPAddr{IP: from}}).DialContext(ctx, network, addr)
	}
	return &http.Client{
		Timeout: 30 * time.Second, Transport: &http.Transport{DisableKeepAlives: true, DialContext: dial},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

func (p *pair) drill(ctx context.Context) error {
	b := p.b
	l, err := newLoad(ctx, p.front)
	if err != nil {
		return err
	}
	l.reader = manyReaders()
	seen, err := p.seen(ctx)
	if err != nil {
		return err
	}
	b.hold("a version is seen by the other replica after", percentileOf(seen, 100) <= mostSeen, "1 s at most", "%v, %v",
		percentileOf(seen, 50).Round(time.Millisecond), percentileOf(seen, 100).Round(time.Millisecond))
	compared, different := p.samePictures(ctx, l)
	b.hold("pictures of both replicas that differ", different == 0 && compared > 0, "none", "%d of %d", different,
		compared)
	err = b.loaded(ctx, l, func() error {
		time.Sleep(time.Second)
		for i := range replicaKills {
			began := time.Now()
			if err := p.all[i%2].Kill(); err != nil {
				return err
			}
			time.Sleep(deadFor)
			if err := p.start(ctx, i%2); err != nil {
				return err
			}
			time.Sleep(killEvery - time.Since(began))
		}
		return nil
	})
	if err != nil {
		return err
	}
	return p.check(ctx, l, seen, compared, different)
}

// seen puts versions through one replica and returns how long it took until the other led to them.
func (p *pair) seen(ctx context.Context) (all []time.Duration, err error) {
	for n := range versions {
		from, to := p.all[n%2], p.all[(n+1)%2]
		body := fmt.Sprintf(`{"url":"https://news.example/tide","headline":"Tide report %d"}`, n)
		raw, _, err := from.Do(ctx, http.MethodPut, "/v1/articles/tide", strings.NewReader(body))
		if err != nil {
			return nil, err
		}
		put := time.Now()
		var made struct{ Version string }
		if err := json.Unmarshal(raw, &made); err != nil {
			return nil, err
		}
		p.b.until(func() bool {
			_, header, err := to.Get(ctx, "/cards/tide/og.jpg")
			var led *instance.StatusError
			return errors.As(err, &led) && led.Status == http.StatusFound &&
				strings.Contains(header.Get("Location"), made.Version)
		})
		all = append(all, time.Since(put))
	}
	return all, nil
}

// samePictures compares pictures that each replica has drawn or read.
func (p *pair) samePictures(ctx context.Context, l *load) (compared, different int) {
	of := l.picture[:strings.LastIndexByte(l.picture, '/')+1]
	for _, size := range []string{"og.jpg", "square.jpg", "story.png", "kakao.jpg", "640x480.jpg", "333x777.png"} {
		address := instance.Sign(of+size, nil)
		if !strings.Contains(size, "x") {
			address = of + size
		}
		one, _, err := p.all[0].Get(ctx, address)
		two, _, err2 := p.all[1].Get(ctx, address)
		compared++
		if err != nil || err2 != nil || string(one) != string(two) {
			different++
		}
	}
	return compared, different
}

// check checks what happened during the load, and prints it.
func (p *pair) check(ctx context.Context, l *load, seen []time.Duration, compared, different int) error {
	b := p.b
	redirects := l.failed("redirect")
	b.hold("redirects that failed", redirects == 0 && len(l.clicks) > 0, "none", "%d of %d", redirects,
		redirects+len(l.clicks))
	b.hold("pictures refused or wrong, articles refused", len(l.wrong) == 0 && l.failed("article") == 0, "none",
		"%d and %d of %d%s", len(l.wrong), l.failed("article"), sum(l.statuses), first(l.wrong))
	b.show("photos refused: nginx repeats no POST", "%d", l.failed("photo"))
	b.articles(ctx, l, time.Time{}, "afterwards")
	b.photos(l, time.Time{}, "afterwards")
	counted := 0
	b.until(func() bool {
		raw, _, err := p.all[1].Get(ctx, "/v1/articles/"+story+"/stats")
		var stats struct{ Clicks int }
		if err == nil && json.Unmarshal(raw, &stats) == nil {
			counted = stats.Clicks
		}
		return counted >= len(l.clicks)
	})
	b.hold("clicks that are counted", counted == len(l.clicks), "each acknowledged one once", "%d of %d", counted,
		len(l.clicks))
	codes := map[string]bool{}
	for id := range l.articles {
		raw, _, err := p.front.Get(ctx, "/v1/articles/"+id)
		var a struct {
			ShortURL string `json:"short_url"`
		}
		if err := errors.Join(err, json.Unmarshal(raw, &a)); err != nil {
			return err
		}
		codes[a.ShortURL] = true
	}
	b.hold("codes of two articles", len(codes) == len(l.articles), "none", "%d articles, %d codes", len(l.articles),
		len(codes))
	pictures, slowest := 0, time.Duration(0)
	for _, what := range pictureKinds {
		pictures += len(l.times[what])
		slowest = max(slowest, l.slowest(what, time.Time{}, time.Now()))
	}
	b.out.row = []string{
		strconv.Itoa(replicaKills),
		fmt.Sprintf("%s, %s, %s", thousands(len(l.clicks)), milliseconds(l.percentile("redirect", 99)),
			milliseconds(l.slowest("redirect", time.Time{}, time.Now()))),
		fmt.Sprintf("%s, %s", thousands(pictures), milliseconds(slowest)),
		fmt.Sprintf("%s, %s; %d, %d", thousands(len(l.articles)), thousands(len(l.photos)), l.failed("article"), l.failed("photo")),
		milliseconds(percentileOf(seen, 50)) + ", " + milliseconds(percentileOf(seen, 100)),
		fmt.Sprintf("%s, %s", thousands(len(l.clicks)), thousands(counted)),
		fmt.Sprintf("%s, %s", thousands(len(l.articles)), thousands(len(codes))),
		fmt.Sprintf("%d, %d", compared, different),
	}
	return nil
}
