package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"image"
	"image/jpeg"
	"runtime"
	"slices"
	"syscall"
	"time"
)

// yardstick measures how fast this machine is while others use it too: the processor time of a fixed piece of work, a
// few times a second.
type yardstick struct {
	done  chan struct{}
	stop  context.CancelFunc
	times []time.Duration
}

func startYardstick(ctx context.Context) *yardstick {
	ctx, stop := context.WithCancel(ctx)
	y := &yardstick{done: make(chan struct{}), stop: stop}
	go func() {
		defer close(y.done)
		runtime.LockOSThread() // whose time it is
		defer runtime.UnlockOSThread()
		for ctx.Err() == nil {
			before := threadTime()
			work()
			y.times = append(y.times, threadTime()-before)
			time.Sleep(300 * time.Millisecond)
		}
	}()
	return y
}

// slower ends the measurement and returns the median, in times of yardstickTime.
func (y *yardstick) slower() float64 { return y.slowerThan(yardstickTime) }

func (y *yardstick) slowerThan(usual time.Duration) float64 {
	median, _ := y.end()
	return float64(median) / float64(usual)
}

// end ends the measurement, and returns the median and the shortest time, which is that of an idle machine.
func (y *yardstick) end() (median, least time.Duration) {
	y.stop()
	<-y.done
	slices.Sort(y.times)
	return y.times[len(y.times)/2], y.times[0]
}

// threadTime returns the processor time of the thread (getrusage(2), RUSAGE_THREAD).
func threadTime() time.Duration {
	const thread = 1
	var u syscall.Rusage
	if err := syscall.Getrusage(thread, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// work is some milliseconds of what a service does: pictures, hashes and maps.
func work() {
	m := image.NewYCbCr(image.Rect(0, 0, 480, 320), image.YCbCrSubsampleRatio420)
	for i := range m.Y {
		m.Y[i] = byte(i * i >> 7)
	}
	var out bytes.Buffer
	_ = jpeg.Encode(&out, m, nil)
	_, _ = jpeg.Decode(&out)
	sums := map[[32]byte]int{}
	for i := range 2000 {
		sums[sha256.Sum256([]byte{byte(i), byte(i >> 8)})]++
	}
}
