package instance

import (
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/card"
)

func TestPeakCountsDescendants(t *testing.T) {
	alone, err := Peak(os.Getpid())
	if err != nil || alone < 1<<20 {
		t.Fatalf("%d bytes, %v", alone, err)
	}
	child := exec.Command("cat") // waits for the end of its input
	in, err := child.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	theirs, err := Peak(child.Process.Pid)
	if err != nil {
		t.Fatal(err)
	}
	both, err := Peak(os.Getpid())
	if err != nil || both < alone+theirs {
		t.Errorf("%d bytes with a child of %d, %d without, %v", both, theirs, alone, err)
	}
	_ = in.Close()
	if err := child.Wait(); err != nil {
		t.Error(err)
	}
	if _, err := Peak(child.Process.Pid); err == nil {
		t.Error("a process that is gone has memory")
	}
}

func TestSignedAddressesAreGood(t *testing.T) {
	signer, err := card.NewSigner([]byte(Key))
	if err != nil {
		t.Fatal(err)
	}
	path, query, _ := strings.Cut(Sign("/v1/card.png", url.Values{"headline": {"Storm & front"}}), "?")
	q, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	if err := signer.Verify(path, q, time.Now()); err != nil {
		t.Error(err)
	}
	if strings.Contains(Key, ",") {
		t.Error("a key with a comma is taken for two")
	}
}
