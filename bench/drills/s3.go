package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"newsroom.example/cards/internal/blob/s3/s3server"
)

// s3Drills break the store of photos and cards, or put a proxy in front of it that does.
var s3Drills = []drill{
	{"S3 is stopped, then started", func(ctx context.Context, b *bench) error {
		return b.withoutBucket(ctx, false, func(*s3server.Proxy) fault {
			return fault{begin: b.stopBucket, end: b.startBucket}
		})
	}},
	{"S3 hangs (SIGSTOP), then goes on", func(ctx context.Context, b *bench) error {
		return b.withoutBucket(ctx, false, func(*s3server.Proxy) fault {
			return fault{
				begin: func() error { return syscall.Kill(b.bucket.PID(), syscall.SIGSTOP) },
				end:   func() error { return syscall.Kill(b.bucket.PID(), syscall.SIGCONT) },
			}
		})
	}},
	{"S3 has other credentials, then the right ones", func(ctx context.Context, b *bench) error {
		return b.withoutBucket(ctx, false, func(*s3server.Proxy) fault {
			return fault{
				begin: func() error { return errors.Join(b.bucket.Stop(), b.bucket.StartWith("another secret key")) },
				end:   func() error { return errors.Join(b.bucket.Stop(), b.bucket.Start()) },
			}
		})
	}},
	{"each answer of S3 takes 2 s longer", proxied(slowly)},
	{"each answer of S3 breaks off in the middle", proxied(truncated)},
	{"S3 answers 503 to everything", proxied(refusing)},
}

// mostDelay is by how much longer a picture may take while S3 is away.
const mostDelay = 300 * time.Millisecond

// passes answers a request in front of S3.
type passes func(w http.ResponseWriter, r *http.Request, pass http.Handler)

// proxied is a drill in which a proxy in front of S3 changes the answers.
func proxied(answer passes) func(context.Context, *bench) error {
	return func(ctx context.Context, b *bench) error {
		return b.withoutBucket(ctx, true, func(proxy *s3server.Proxy) fault {
			return fault{
				begin: func() error { proxy.Answer(answer); return nil },
				end:   func() error { proxy.Pass(); return nil },
			}
		})
	}
}

func slowly(w http.ResponseWriter, r *http.Request, pass http.Handler) {
	select {
	case <-time.After(2 * time.Second):
		pass.ServeHTTP(w, r)
	case <-r.Context().Done():
	}
}

// truncated sends the whole header and half of the body.
func truncated(w http.ResponseWriter, r *http.Request, pass http.Handler) {
	whole := httptest.NewRecorder()
	pass.ServeHTTP(whole, r)
	maps.Copy(w.Header(), whole.Header())
	w.Header().Set("Content-Length", strconv.Itoa(max(whole.Body.Len(), 1)))
	w.WriteHeader(whole.Code)
	_, _ = w.Write(whole.Body.Bytes()[:whole.Body.Len()/2])
	_ = http.NewResponseController(w).Flush()
	panic(http.ErrAbortHandler) // closes the connection
}

func refusing(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
	w.WriteHeader(http.StatusServiceUnavailable)
}

func (b *bench) stopBucket() error  { return b.bucket.Stop() }
func (b *bench) startBucket() error { return b.bucket.Start() }

// onBucket runs f with an S3 server, behind a proxy if that is asked for. One of the service's flags names it.
func (b *bench) onBucket(behindProxy bool, f func(*s3server.Proxy) error) (err error) {
	dir := filepath.Join(b.root, "s3")
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	b.bucket, err = s3server.New(dir)
	if errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("%w: versitygw is not built (scripts/deps): %w", errSkipped, err)
	}
	if err != nil {
		return err
	}
	for name, value := range s3server.Environment(s3server.SecretKey) {
		if err := os.Setenv(name, value); err != nil { // the service inherits it
			return err
		}
	}
	if err := b.bucket.Start(); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.bucket.Stop()) }()
	where := b.bucket.URL()
	var proxy *s3server.Proxy
	if behindProxy {
		proxy = s3server.NewProxy(b.bucket.Addr)
		defer proxy.Close()
		where = s3server.URL(proxy.Addr)
	}
	b.flags = append(b.flags, "--pictures", where)
	return f(proxy)
}

// withoutBucket runs the usual drill with pictures in S3. The service stays ready, since it serves all readers.
func (b *bench) withoutBucket(ctx context.Context, behindProxy bool, f func(*s3server.Proxy) fault) error {
	return b.onBucket(behindProxy, func(proxy *s3server.Proxy) error {
		broken := f(proxy)
		broken.calm = b.length
		broken.after = func(l *load, f fault) {
			for _, what := range pictureKinds {
				more := l.slowest(what, f.began, f.repaired) - l.slowest(what, time.Time{}, f.began)
				b.hold(what+": the slowest takes longer than before by", more <= mostDelay, "0.3 s at most", "%v",
					more.Round(time.Millisecond))
			}
			unready := 0
			for _, r := range l.readiness {
				if r.status != http.StatusOK {
					unready++
				}
			}
			b.hold("/readyz says that it is not ready", unready == 0, "never", "%d of %d times", unready, len(l.readiness))
		}
		return b.during(ctx, broken)
	})
}
