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

// bench is what all measuring shares: the built programs, the fonts, the photos.
type bench struct {
	short        bool
	machine      machine // as it was before anything was built
	dir          string  // of its own, removed at the end
	program      string
	bareEcho     string
	floor        string // not there without a C compiler and libjpeg
	fonts        string // folder of what the peers set type with
	photos       *photoServer
	largeQuality int // of the JPEG of sample.Large
	next         atomic.Int64
}

// quiet is where a bench's folder is made unless it is told otherwise. Much is made and deleted in the folder
// for temporary files, and ext4 steps over each inode that was just deleted nearby before it gives out one:
// a file that takes 0.1 ms to make elsewhere took up to 5 ms there.
const quiet = "/var/tmp"

// newBench builds the programs; dir is where its folder is made, empty for a quiet place.
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

// close ends what was started and removes what was made.
func (b *bench) close() {
	if b.photos.server != nil {
		_ = b.photos.server.Close()
	}
	_ = os.RemoveAll(b.dir)
}

// photographed makes the photos, the peers' fonts and the C program, and begins the report.
func (b *bench) photographed() (report, error) {
	r := report{Date: time.Now().UTC(), Short: b.short, Machine: b.machine, Versions: versions()}
	for _, s := range []sample.Scene{sample.Detailed, sample.Large, sample.Soft} {
		data, quality, err := s.JPEG()
		if err != nil {
			return r, err
		}
		p := &photo{name: s.Name, data: data, file: filepath.Join(b.dir, s.Name+".jpg")}
		if err := os.WriteFile(p.file, data, 0o600); err != nil {
			return r, err
		}
		b.photos.photos[s.Name] = p
		if s.Name == sample.Large.Name {
			b.largeQuality = quality
		}
		r.Photos = append(r.Photos, photoNote{s.Name, s.Width, s.Height, len(data), quality})
	}
	if err := b.run(context.Background(), "cc", "-O2", "-o", b.floor, "bench/turbo/floor.c", "-ljpeg"); err != nil {
		r.Notes = append(r.Notes, "libjpeg-turbo alone is not measured: "+err.Error())
	}
	return r, errors.Join(b.servePhotos(), b.unpackFonts())
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
	go func() { _ = b.photos.server.Serve(listener) }() // until close
	return nil
}

// unpackFonts has the service's own faces of Pretendard for the peers.
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

// number is one that no other card has, and no other photo.
func (b *bench) number() int { return b.numbers(1) }

// numbers are n such, from the one returned on.
func (b *bench) numbers(n int) int { return int(b.next.Add(int64(n))) - n + 1 }

// keptAddress is the address of one of the pictures that are asked for again and again; its number is
// beyond all others.
func (b *bench) keptAddress(i int) string {
	q := sample.Card(1<<40 + i)
	q.Set("strict", "1")
	return instance.Sign("/v1/card.png", q)
}
