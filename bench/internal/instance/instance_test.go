package instance

import (
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"strconv"
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

// TestCPUIsThatOfAllProcesses: the time of a child counts while it runs, and after it has ended.
func TestCPUIsThatOfAllProcesses(t *testing.T) {
	const shell = `i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; echo done; read line`
	child := exec.Command("sh", "-c", "sh -c '"+shell+"'; cat")
	in, err := child.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := out.Read(make([]byte, 5)); err != nil {
		t.Fatal(err)
	}
	running, err := CPU(child.Process.Pid)
	if err != nil || running < 2*clockTick || len(Processes(child.Process.Pid)) != 2 {
		t.Errorf("while it runs: %v of %v, %v", running, Processes(child.Process.Pid), err)
	}
	fmt.Fprintln(in, "go on")
	for began := time.Now(); time.Since(began) < time.Minute; time.Sleep(time.Millisecond) {
		if raw, _ := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", child.Process.Pid, child.Process.Pid)); len(raw) > 0 {
			pid, _ := strconv.Atoi(strings.TrimSpace(string(raw)))
			if name, _ := os.ReadFile(fmt.Sprintf("/proc/%d/comm", pid)); string(name) == "cat\n" {
				break
			}
		}
	}
	if ended, err := CPU(child.Process.Pid); err != nil || ended < running {
		t.Errorf("after its end: %v of %v, %v", ended, running, err)
	}
	_ = in.Close()
	_ = child.Wait()
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
