package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
)

// tracerLine matches the line of a process that is traced.
var tracerLine = regexp.MustCompile(`(?m)^TracerPid:\t[1-9]`)

// diskDrills fill a disk.
var diskDrills = []drill{
	{"the disk is full, then has room again", diskFull},
	{"the service is killed and started on the full disk", startOnFullDisk},
}

// smallDisk mounts a small file system as the data folder. unmount removes it.
func (b *bench) smallDisk() (unmount func(), err error) {
	if err := os.Mkdir(b.data, 0o700); err != nil {
		return nil, err
	}
	out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=48m", "cards-drill", b.data).CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("%w: a small disk cannot be mounted here: %s", errSkipped, out)
	}
	return func() { _ = exec.Command("umount", "-l", b.data).Run() }, nil
}

func diskFull(ctx context.Context, b *bench) error {
	unmount, err := b.smallDisk()
	if err != nil {
		return err
	}
	defer unmount()
	filler := filepath.Join(b.data, "filler")
	return b.during(ctx, fault{
		parts: []string{pictures},
		begin: func() error { return fillDisk(filler) },
		end:   func() error { return os.Remove(filler) },
	})
}

// startOnFullDisk kills the service while the disk is full. Clicks that wait in memory are lost then.
func startOnFullDisk(ctx context.Context, b *bench) error {
	unmount, err := b.smallDisk()
	if err != nil {
		return err
	}
	defer unmount()
	s, l, err := b.startLoaded(ctx)
	if err != nil {
		return err
	}
	filler := filepath.Join(b.data, "filler")
	if err := errors.Join(fillDisk(filler), s.Kill()); err != nil {
		return err
	}
	if s, err = b.startReading(ctx); err != nil {
		return err
	}
	l.move(s)
	err = l.tap(ctx)
	b.hold("a redirect on the full disk", err == nil, "served", "%v", errorOr(err, "served"))
	err = l.look(ctx)
	b.hold("a picture on the full disk", err == nil, "served", "%v", errorOr(err, "served"))
	_, err = l.put(ctx, "more", "")
	b.show("an article on the full disk", "%v", errorOr(err, "stored"))
	if err := os.Remove(filler); err != nil {
		return err
	}
	b.untilReady(ctx, l)
	b.acknowledged(ctx, l, fault{}, "afterwards")
	b.out.row = []string{"-", "one redirect and one picture on the full disk, both served", "-", "-", "-", seconds(b.out.again), b.lost()}
	return s.Stop()
}

func errorOr(err error, fine string) string {
	if err != nil {
		return strings.TrimSpace(err.Error())
	}
	return fine
}

// fillDisk writes the file until its disk takes no more, to the last byte.
func fillDisk(file string) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	defer f.Close()
	for size := 1 << 16; size > 0; size /= 2 {
		for err = nil; err == nil; {
			_, err = f.Write(make([]byte, size))
		}
		if !errors.Is(err, syscall.ENOSPC) {
			return err
		}
	}
	return nil
}
