package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
	"time"

	"github.com/klauspost/compress/zstd"

	"newsroom.example/cards/bench/internal/instance"
	"newsroom.example/cards/bench/internal/sample"
)

// bench holds what all measurements share: the built programs, the fonts and the photos.
type bench struct {
	short        bool
	machine      machine // read before anything is built
	dir          string  // temporary folder, removed by close
	program      string
	bareEcho     string
	floor        string // path of the program; it is missing without a C compiler and libjpeg
	fonts        string // folder of the fonts for the peers
	photos       *photoServer
	largeQuality int // quality (1 to 100) of the JPEG of sample.Large
	next         atomic.Int64
}

// quiet is the default parent of the temporary folder. Other programs create and delete many files in /tmp, and ext4
// skips each recently deleted inode in the same group before it allocates one. Creating a file took up to 5 ms in /tmp
// and 0.1 ms here.
const quiet = "/var/tmp"

// newBench creates the temporary folder in dir and builds the programs. If dir is empty, it uses quiet if that exists,
// and the system's default folder otherwise. The caller must call close.
func newBench(ctx context.Context, dir string, short bool) (*bench, error) {
	before := thisMachine()
	if _, err := os.Stat(quiet); dir == "" && err == nil {
		dir = quiet
	}
	made, err := os.MkdirTemp(dir, "cards-bench-")
	if err != nil {
		return nil, err
	}
	b := &bench{
		short: short, machine: before, dir: made, photos: &photoServer{photos: map[string]*photo{}},
		bareEcho: filepath.Join(made, "bareecho"), floor: filepath.Join(made, "floor"), fonts: filepath.Join(made, "fonts"),
	}
	if err := b.build(ctx); err != nil {
		b.close()
		return nil, err
	}
	return b, nil
}

func (b *bench) build(ctx context.Context) (err error) {
	if b.program, err = instance.Build(ctx, b.dir); err != nil {
		return err
	}
	return b.run(ctx, "go", "build", "-trimpath", "-o", b.bareEcho, "./bench/bareecho")
}

func (b *bench) run(ctx context.Context, name string, args ...string) error {
	if out, err := exec.CommandContext(ctx, name, args...).CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", name, err, out)
	}
	return nil
}

// close stops the photo server and removes the temporary folder.
func (b *bench) close() {
	if b.photos.server != nil {
		_ = b.photos.server.Close()
	}
	_ = os.RemoveAll(b.dir)
}

// photographed generates the photos, unpacks the peers' fonts, builds the C program and starts the photo server. It
// returns a report that describes them. A C program that cannot be built is only noted in the report.
func (b *bench) photographed() (report, error) {
	r := report{Date: time.Now().UTC(), Short: b.short, Machine: b.machine, Versions: versions()}
	for _, s := range []sample.Scene{sample.Detailed, sample.Large, sample.Soft} {
		data, quality, err := s.JPEG()
		if err != nil {
			return r, err
		}
		if err := b.add(&photo{name: s.Name, data: data, mediaType: "image/jpeg"}, "jpg"); err != nil {
			return r, err
		}
		if s.Name == sample.Large.Name {
			b.largeQuality = quality
		}
		r.Photos = append(r.Photos, photoNote{s.Name, s.Width, s.Height, len(data), quality})
	}
	scene := sample.Detailed.Paint()
	for _, f := range sample.Formats {
		data, err := f.File(scene, b.dir)
		if err != nil {
			return r, err
		}
		if err := b.add(&photo{name: f.Name, data: data, mediaType: f.Type}, f.Ext); err != nil {
			return r, err
		}
		r.Photos = append(r.Photos, photoNote{f.Name, sample.Detailed.Width, sample.Detailed.Height, len(data), 0})
	}
	if err := b.run(context.Background(), "cc", "-O2", "-o", b.floor, "bench/turbo/floor.c", "-ljpeg"); err != nil {
		r.Notes = append(r.Notes, "libjpeg-turbo alone is not measured: "+err.Error())
	}
	return r, errors.Join(b.servePhotos(), b.unpackFonts())
}

// add stores a photo for the photo server and as a file.
func (b *bench) add(p *photo, ext string) error {
	p.file = filepath.Join(b.dir, p.name+"."+ext)
	b.photos.photos[p.name] = p
	return os.WriteFile(p.file, p.data, 0o600)
}

func (b *bench) servePhotos() error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	b.photos.base = "http://" + listener.Addr().String()
	mux := http.NewServeMux()
	mux.Handle("GET /{name}/{file}", b.photos)
	b.photos.server = &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = b.photos.server.Serve(listener) }() // returns after close
	return nil
}

// unpackFonts unpacks two of the service's Pretendard fonts for the peers.
func (b *bench) unpackFonts() error {
	if err := os.Mkdir(b.fonts, 0o700); err != nil {
		return err
	}
	for _, name := range []string{"Pretendard-ExtraBold.otf", "Pretendard-Medium.otf"} {
		packed, err := os.Open(filepath.Join("fonts/files", name+".zst"))
		if err != nil {
			return err
		}
		defer packed.Close()
		r, err := zstd.NewReader(packed)
		if err != nil {
			return err
		}
		defer r.Close()
		data, err := io.ReadAll(r)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(b.fonts, name), data, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// number returns a number that no other card or photo of the run has.
func (b *bench) number() int { return b.numbers(1) }

// numbers reserves n consecutive unique numbers and returns the first.
func (b *bench) numbers(n int) int { return int(b.next.Add(int64(n))) - n + 1 }

// keptAddress returns the signed address of the i-th picture that is requested repeatedly. Its number is larger than
// any that number returns.
func (b *bench) keptAddress(i int) string {
	q := sample.Card(1<<40 + i)
	q.Set("strict", "1")
	return instance.Sign("/v1/card.png", q)
}
