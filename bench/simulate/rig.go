package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"

	"newsroom.example/cards/bench/internal/instance"
	"newsroom.example/cards/internal/blob/s3/s3server"
	"newsroom.example/cards/internal/store/postgres/pgserver"
)

// rig is a service, or two on one database and one bucket, with a CDN in front.
type rig struct {
	setup    setup
	dir      string
	services []*instance.Service
	database *pgserver.Server // nil: a file
	bucket   *s3server.Server // nil: a folder
	edges    []edge
	sent     [kinds]atomic.Int64 // requests that reached the services
	refused  atomic.Int64        // of these, with 503
	turn     atomic.Int64
}

// newRig starts a setup.
func newRig(ctx context.Context, program, dir string, s setup, edges int) (r *rig, err error) {
	r = &rig{setup: s, dir: dir, edges: make([]edge, edges)}
	defer func() {
		if err != nil {
			err = errors.Join(err, r.stop())
		}
	}()
	flags, replicas := []string{"--trusted-proxy", "127.0.0.1", "--drain", "0s"}, 1
	if s == shared {
		replicas = 2
		where, err := r.startStores()
		if err != nil {
			return r, err
		}
		flags = append(flags, where...)
	}
	for i := range replicas {
		data := filepath.Join(dir, fmt.Sprint("data-", i+1))
		file := filepath.Join(data, "api-token")
		if err := errors.Join(os.MkdirAll(data, 0o700), os.WriteFile(file, []byte(token), 0o600)); err != nil {
			return r, err
		}
		one, err := instance.Start(ctx, program, data, flags...)
		if err != nil {
			return r, err
		}
		r.services = append(r.services, one)
	}
	return r, nil
}

// token is the API token of all services.
const token = "a token of the simulation that is no secret"

// startStores starts PostgreSQL and S3, and returns the flags that name them.
func (r *rig) startStores() (flags []string, err error) {
	if r.database, err = pgserver.Start(pgserver.Options{Sync: true}); err != nil {
		return nil, err
	}
	url, err := r.database.Create("cards", "template0")
	if err != nil {
		return nil, err
	}
	if r.bucket, err = s3server.New(r.dir); err != nil {
		return nil, err
	}
	for name, value := range s3server.Environment(s3server.SecretKey) {
		if err := os.Setenv(name, value); err != nil { // the services inherit it
			return nil, err
		}
	}
	return []string{"--database", url, "--pictures", r.bucket.URL()}, r.bucket.Start()
}

func (r *rig) stop() (err error) {
	for _, s := range r.services {
		err = errors.Join(err, s.Stop())
	}
	if r.bucket != nil {
		err = errors.Join(err, r.bucket.Stop())
	}
	if r.database != nil {
		r.database.Remove()
	}
	return err
}

// counts returns how many requests of each kind have reached the services.
func (r *rig) counts() (n [kinds]float64) {
	for k := range n {
		n[k] = float64(r.sent[k].Load())
	}
	return n
}

// used returns the processor time of all processes until now.
func (r *rig) used() (n needs, err error) {
	for _, s := range r.services {
		one, err := instance.CPU(s.PID())
		if err != nil {
			return n, err
		}
		n.service += one
	}
	if r.database != nil {
		if n.database, err = instance.CPU(r.database.PID()); err != nil {
			return n, err
		}
		n.objects, err = instance.CPU(r.bucket.PID())
	}
	return n, err
}

func (n needs) minus(o needs) needs {
	return needs{n.service - o.service, n.database - o.database, n.objects - o.objects}
}

// peak returns the most memory that one of the services has taken, in bytes.
func (r *rig) peak() (most int64, err error) {
	for _, s := range r.services {
		one, err := instance.Peak(s.PID())
		if err != nil {
			return 0, err
		}
		most = max(most, one)
	}
	return most, nil
}

// settle waits until what happens later has happened: clicks that wait are counted, cards are drawn and stored.
func (r *rig) settle() error {
	const quiet = 40 * time.Millisecond // of processor time in a second, also of one that is kept from working
	before, err := r.used()
	rest := 0
	for range 180 {
		time.Sleep(time.Second)
		if err != nil {
			return err
		}
		var now needs
		now, err = r.used()
		if d := now.minus(before); err == nil && d.service+d.database+d.objects < quiet {
			rest++
		} else {
			rest = 0
		}
		if rest == 2 {
			return nil
		}
		before = now
	}
	return errors.New("the services do not come to rest")
}

// files returns how many files whose path has the text are below the folder of pictures, or the bucket, and their
// bytes.
func (r *rig) files(text string) (n int, bytes int64, err error) {
	dir := filepath.Join(r.dir, "data-1", "pictures")
	if r.bucket != nil {
		dir = filepath.Join(r.bucket.Dir, "news")
	}
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.Contains(strings.TrimPrefix(path, dir), text) ||
			strings.Contains(path, "by-photo") {
			return nil // it was removed meanwhile, or is nothing but a name
		}
		if info, err := d.Info(); err == nil {
			n, bytes = n+1, bytes+info.Size()
		}
		return nil
	})
	return n, bytes, err
}

// ask runs f with a connection to the database.
func (r *rig) ask(ctx context.Context, f func(*pgx.Conn) error) error {
	conn, err := pgx.Connect(ctx, r.database.URL("cards"))
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	return f(conn)
}

// rows returns the rows of each table.
func (r *rig) rows(ctx context.Context) (all map[string]float64, err error) {
	all = map[string]float64{}
	return all, r.ask(ctx, func(conn *pgx.Conn) error {
		for name := range (touched{}).rows() {
			var n float64
			if err := conn.QueryRow(ctx, "SELECT count(*) FROM "+name).Scan(&n); err != nil {
				return err
			}
			all[name] = n
		}
		return nil
	})
}

// story is one that is registered.
type story struct {
	id       string
	number   int
	photo    string
	versions int
	pictures map[string]string // paths by size
	short    string            // path
}

// photoOf uploads a photo.
func (r *rig) photoOf(ctx context.Context, photo []byte) (id string, err error) {
	raw, _, err := r.send(ctx, upload, http.MethodPost, "/v1/photos", string(photo))
	if err != nil {
		return "", err
	}
	var made struct{ ID string }
	return made.ID, json.Unmarshal(raw, &made)
}

// put registers the next version of a story.
func (r *rig) put(ctx context.Context, s *story) error {
	s.versions++
	body, err := json.Marshal(map[string]any{
		"url": "https://news.example/" + s.id, "site": "The Harbor Post", "kind": "news",
		"headline": fmt.Sprintf("Storm front %d stalls over the west coast as ferries wait, report %d", s.number, s.versions),
		"caption":  "Boats at the north pier",
		"photo":    map[string]string{"url": s.photo, "alt": "Boats tied up in rain"},
	})
	if err != nil {
		return err
	}
	raw, _, err := r.send(ctx, put, http.MethodPut, "/v1/articles/"+s.id, string(body))
	if err != nil {
		return err
	}
	var made struct {
		ShortURL string `json:"short_url"`
		Images   map[string]struct{ URL string }
	}
	if err := json.Unmarshal(raw, &made); err != nil {
		return err
	}
	s.short = pathOf(made.ShortURL)
	og := pathOf(made.Images["og"].URL)
	s.pictures = map[string]string{"og": og}
	for _, size := range append([]string{"square"}, thumbnails...) {
		s.pictures[size] = path.Join(path.Dir(og), size+".jpg")
	}
	return nil
}

// pathOf returns the path of a URL of a service.
func pathOf(url string) string {
	_, rest, _ := strings.Cut(url, "://")
	return rest[strings.IndexByte(rest, '/'):]
}

// thumbnails are public sizes that are drawn when they are asked for.
var thumbnails = []string{"400x210", "600x315", "800x420", "1000x525"}

const (
	browser = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"
	crawler = "facebookexternalhit/1.1"
)

// tap opens a short link, or with a target one to share, as a reader of many networks.
func (r *rig) tap(ctx context.Context, s *story, target string, reader int) error {
	address := s.short
	if target != "" {
		address += "/" + target
	}
	from := fmt.Sprintf("11.%d.%d.%d", reader%251, reader/251%251, 1+reader/63_001%250)
	_, _, err := r.send(ctx, tap, http.MethodGet, address, "", "User-Agent", browser, "X-Forwarded-For", from,
		"Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document")
	return err
}
