package main

import (
	"net/http"
	"testing"
	"time"
)

func TestAnswersAreSummedUp(t *testing.T) {
	began := time.Unix(1000, 0)
	all := []answer{
		{status: http.StatusOK, began: began, took: time.Second},
		{status: http.StatusOK, began: began.Add(time.Second), took: 3 * time.Second},
		{status: http.StatusServiceUnavailable, began: began, took: time.Millisecond},
		{began: began, took: time.Hour},
	}
	served := with(all, http.StatusOK)
	if len(served) != 2 || quantile(served, 0.99) != 3*time.Second || quantile(served, 0) != time.Second || quantile(nil, 0.5) != 0 {
		t.Errorf("%d served, %v", len(served), quantile(served, 0.99))
	}
	if n := within(served, all, 2*time.Second); n != 1 {
		t.Errorf("%d are answered in time", n)
	}
}
