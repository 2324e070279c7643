package blob

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// onDisk returns the space that the cards in the folder occupy, in bytes, and their names.
func onDisk(t *testing.T, dir string) (bytes int64, names map[string]bool) {
	t.Helper()
	names = map[string]bool{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasPrefix(d.Name(), "card-") {
			return ignoreGone(err)
		}
		info, err := d.Info()
		if err != nil {
			return ignoreGone(err)
		}
		bytes += (info.Size() + block - 1) / block * block
		names[d.Name()] = true
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return bytes, names
}

// ignoreGone returns nil for the error of a file that a sweep has removed meanwhile.
func ignoreGone(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func put(t *testing.T, s Store, name string, n int) {
	t.Helper()
	if err := s.Put(t.Context(), name, make([]byte, n)); err != nil {
		t.Fatal(err)
	}
}

func cardName(i int) string { return fmt.Sprintf("card-%d.png", i) }

// TestTheDiskStaysWithinItsBudget: the folder is within the budget after every Put, whatever the sizes. Photos in the
// folder are neither counted nor removed.
func TestTheDiskStaysWithinItsBudget(t *testing.T) {
	const budget = 1 << 20
	dir := t.TempDir()
	c := cache(t, dir, 1<<20, budget)
	for i := range 20 {
		put(t, behind(c).disk, fmt.Sprintf("photo-%d", i), 100_000)
	}
	sizes := rand.New(rand.NewPCG(1, 2))
	for i := range 300 {
		put(t, c, cardName(i), 1+sizes.IntN(100_000))
		if bytes, names := onDisk(t, dir); bytes > budget || i > 0 && len(names) == 0 {
			t.Fatalf("after %d: %d bytes in %d cards", i, bytes, len(names))
		}
	}
	behind(c).sweeps.Wait()
	behind(c).sweep()
	if bytes, _ := onDisk(t, dir); bytes < budget/2 || bytes != behind(c).onDisk.Load() {
		t.Errorf("%d bytes lie there, %d are counted", bytes, behind(c).onDisk.Load())
	}
	if photos, _ := filepath.Glob(filepath.Join(dir, "*", "photo-*")); len(photos) != 20 {
		t.Errorf("%d photos are left", len(photos))
	}
}

// TestTheLeastRecentlyUsedAreRemoved: a card that is requested again and again stays while others are added, whether
// it is served from memory or from the disk.
func TestTheLeastRecentlyUsedAreRemoved(t *testing.T) {
	for _, memory := range []int64{64 << 20, 1} {
		dir := t.TempDir()
		c := cache(t, dir, memory, 1<<20)
		used := time.Now().Add(-time.Hour)
		for i := range 10 {
			put(t, c, cardName(i), 50_000)
			age(t, dir, c, cardName(i), used)
			used = used.Add(time.Minute)
		}
		for i := 10; i < 60; i++ {
			if _, err := c.Get(t.Context(), cardName(3)); err != nil {
				t.Fatal(err)
			}
			put(t, c, cardName(i), 50_000)
			behind(c).sweeps.Wait()
		}
		_, names := onDisk(t, dir)
		for name, want := range map[string]bool{cardName(2): false, cardName(3): true, cardName(4): false, cardName(59): true} {
			if names[name] != want {
				t.Errorf("memory of %d bytes: %s lies there: %t", memory, name, names[name])
			}
		}
	}
}

// age sets the last use of a card.
func age(t *testing.T, dir string, c *Cache, name string, used time.Time) {
	t.Helper()
	_, file, err := place(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(filepath.Join(dir, file), used, used); err != nil {
		t.Fatal(err)
	}
	if e, ok := c.memory.blobs.GetEntryQuietly(name); ok {
		e.Value.used.Store(used.UnixNano())
	}
}

// TestCloseEndsASweep: a sweep that Close has interrupted counts and removes nothing.
func TestCloseEndsASweep(t *testing.T) {
	dir := t.TempDir()
	c := cache(t, dir, 1<<20, 100<<20)
	for i := range 100 {
		put(t, c, cardName(i), 10_000)
	}
	counted := behind(c).onDisk.Load()
	behind(c).budget = 50 * room(10_000)
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	behind(c).sweep()
	if _, names := onDisk(t, dir); len(names) != 100 || behind(c).onDisk.Load() != counted {
		t.Errorf("%d cards are left, %d bytes counted; want 100, %d", len(names), behind(c).onDisk.Load(), counted)
	}
}

// TestTheOrderSurvivesARestart: after a restart with a smaller budget, the most recently used cards remain.
func TestTheOrderSurvivesARestart(t *testing.T) {
	dir := t.TempDir()
	c := cache(t, dir, 1<<20, 100<<20)
	for i := range 100 {
		put(t, c, cardName(i), 10_000)
		age(t, dir, c, cardName(i), time.Now().Add(time.Duration(i*7919%100-200)*time.Minute))
	}
	again := cache(t, dir, 1<<20, 50*room(10_000))
	behind(again).sweeps.Wait()
	bytes, names := onDisk(t, dir)
	if bytes > behind(again).high() || bytes < behind(again).low()-room(10_000) {
		t.Errorf("%d bytes are left of %d", bytes, behind(again).budget)
	}
	for i := range 100 {
		if late := i*7919%100 >= 100-len(names); names[cardName(i)] != late {
			t.Errorf("%s lies there: %t, is among the last: %t", cardName(i), names[cardName(i)], late)
		}
	}
}

func TestServingFromMemoryTouchesTheFile(t *testing.T) {
	dir := t.TempDir()
	c := cache(t, dir, 64<<20, 1<<20)
	put(t, c, cardName(1), 100)
	long := time.Now().Add(-time.Hour)
	age(t, dir, c, cardName(1), long)
	h, ok := c.memory.blobs.GetEntryQuietly(cardName(1))
	if !ok {
		t.Fatal("it is not in memory")
	}
	h.Value.touched.Store(long.UnixNano())
	if _, err := c.Get(t.Context(), cardName(1)); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(only(t, dir)); err != nil || time.Since(info.ModTime()) > time.Minute {
		t.Errorf("last used %s, %v", info.ModTime(), err)
	}
}

// TestMemoryAlone: pictures that are only held, that exceed the budget of the disk, or that the disk cannot store are
// not written, but served from memory.
func TestMemoryAlone(t *testing.T) {
	for why, budget := range map[string]int64{
		"held": 1 << 20, "no budget": 0, "larger than the budget": 8 << 10, "a folder that is gone": 1 << 20,
	} {
		dir := t.TempDir()
		c := cache(t, dir, 64<<20, budget)
		behind(c).sweeps.Wait()
		var err error
		switch why {
		case "held":
			c.Hold(cardName(1), make([]byte, 10_000))
		case "a folder that is gone":
			if err := os.RemoveAll(dir); err != nil {
				t.Fatal(err)
			}
			fallthrough
		default:
			err = c.Put(t.Context(), cardName(1), make([]byte, 10_000))
		}
		if (err != nil) != (why == "a folder that is gone") {
			t.Errorf("%s: %v", why, err)
		}
		if data, err := c.Get(t.Context(), cardName(1)); err != nil || len(data) != 10_000 {
			t.Errorf("%s: %d bytes, %v", why, len(data), err)
		}
		if files, _ := filepath.Glob(filepath.Join(dir, "*", "*")); len(files) != 0 || behind(c).onDisk.Load() != 0 {
			t.Errorf("%s: %v were written, %d bytes are counted", why, files, behind(c).onDisk.Load())
		}
	}
}

func TestMemoryIsBounded(t *testing.T) {
	const most = 1 << 20
	c := cache(t, t.TempDir(), most, 100<<20)
	for i := range 100 {
		put(t, c, cardName(i), 30_000)
	}
	put(t, c, "card-huge.png", most/4)
	c.memory.blobs.CleanUp()
	if w := c.memory.blobs.WeightedSize(); w > most {
		t.Errorf("%d bytes are held", w)
	}
	if _, ok := c.memory.blobs.GetIfPresent("card-huge.png"); ok {
		t.Error("a picture of a quarter of the memory is held")
	}
	if got, err := c.Get(t.Context(), cardName(0)); err != nil || len(got) != 30_000 {
		t.Errorf("from the disk: %d bytes, %v", len(got), err)
	}
}

// TestTwoProcessesShareABudget: each process counts what the other writes.
func TestTwoProcessesShareABudget(t *testing.T) {
	const budget = 1 << 20
	dir := t.TempDir()
	one, two := cache(t, dir, 1, budget), cache(t, dir, 1, budget)
	for i := range 100 {
		put(t, one, cardName(2*i), 20_000)
		put(t, two, cardName(2*i+1), 20_000)
		behind(one).sweeps.Wait()
		behind(two).sweeps.Wait()
		if bytes, names := onDisk(t, dir); bytes > budget || len(names) == 0 {
			t.Fatalf("after %d each: %d bytes in %d cards", i+1, bytes, len(names))
		}
	}
}

// TestSweepsBesideUse: concurrent readers and writers see a complete picture or none while a sweep removes pictures.
func TestSweepsBesideUse(t *testing.T) {
	dir := t.TempDir()
	c := cache(t, dir, 1, 256<<10)
	var users sync.WaitGroup
	for u := range 4 {
		users.Go(func() {
			random := rand.New(rand.NewPCG(uint64(u), 1))
			for range 100 {
				name := cardName(random.IntN(40))
				if err := c.Put(context.Background(), name, make([]byte, 20_000)); err != nil {
					t.Error(err)
				}
				if data, err := c.Get(context.Background(), cardName(random.IntN(40))); err == nil && len(data) != 20_000 {
					t.Errorf("%d bytes", len(data))
				}
			}
		})
	}
	users.Wait()
	behind(c).sweep()
	if bytes, _ := onDisk(t, dir); bytes != behind(c).onDisk.Load() || bytes > 256<<10 {
		t.Errorf("%d bytes lie there, %d are counted", bytes, behind(c).onDisk.Load())
	}
}
