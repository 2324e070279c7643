package blob_test

import (
	"testing"

	"newsroom.example/cards/internal/blob"
	"newsroom.example/cards/internal/blob/blobtest"
)

func disk(t *testing.T, dir string, o blob.DiskOptions) *blob.Disk {
	t.Helper()
	d, err := blob.NewDisk(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

func cache(t *testing.T, memory, onDisk int64) *blob.Cache {
	t.Helper()
	c, err := blob.NewCache(disk(t, t.TempDir(), blob.DiskOptions{NoSync: true}), "", memory, onDisk)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

func TestStores(t *testing.T) {
	for name, open := range map[string]func(t *testing.T) blob.Store{
		"disk":         func(t *testing.T) blob.Store { return disk(t, t.TempDir(), blob.DiskOptions{}) },
		"disk no sync": func(t *testing.T) blob.Store { return disk(t, t.TempDir(), blob.DiskOptions{NoSync: true}) },
		"memory": func(t *testing.T) blob.Store {
			m, err := blob.NewMemory(64 << 20)
			if err != nil {
				t.Fatal(err)
			}
			return m
		},
		"cache":                func(t *testing.T) blob.Store { return cache(t, 64<<20, 100<<20) },
		"cache without memory": func(t *testing.T) blob.Store { return cache(t, 1, 100<<20) },
	} {
		t.Run(name, func(t *testing.T) { blobtest.Run(t, open) })
	}
}
