package main

import "testing"

const wrkOutput = `Running 5s test @ http://127.0.0.1:9911/
  1 threads and 200 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency    86.69ms   56.55ms 335.30ms   70.98%
    Req/Sec     2.40k     1.17k    5.76k    76.60%
  Latency Distribution
     50%  980.00us
     75%  118.24ms
     90%  155.38ms
     99%    1.27s 
  11593 requests in 5.03s, 4.87MB read
Requests/sec:   2302.49
Transfer/sec:      0.97MB
`

func TestTapped(t *testing.T) {
	got, taps, err := tapped(wrkOutput)
	if want := (turn{Rate: 2302.49, P50: 0.98, P99: 1270}); err != nil || got != want || taps != 11593 {
		t.Errorf("%+v, %d taps, %v", got, taps, err)
	}
	for _, bad := range []string{"", wrkOutput + "  Non-2xx or 3xx responses: 7\n", wrkOutput + "  Socket errors: connect 1\n"} {
		if _, _, err := tapped(bad); err == nil {
			t.Errorf("no error for %q", bad)
		}
	}
}
