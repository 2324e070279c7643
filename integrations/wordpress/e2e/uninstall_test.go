package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestNoComplaints: PHP had nothing to say of the plugin in all that was done before. The tests of this file come last.
func TestNoComplaints(t *testing.T) {
	s := wordpress(t)
	log, err := os.ReadFile(filepath.Join(s.dir, "debug.log"))
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(log)) {
		if strings.Contains(line, "/plugins/cards/") {
			t.Error(line)
		}
	}
}

// TestUninstall leaves nothing of the plugin in the database.
func TestUninstall(t *testing.T) {
	s := wordpress(t)
	out, err := s.php(`<?php
require 'wp-load.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';
deactivate_plugins('cards/cards.php');
uninstall_plugin('cards/cards.php');
global $wpdb;
echo 'left: ', implode(' ', array_merge(
    $wpdb->get_col("SELECT option_name FROM $wpdb->options WHERE option_name LIKE '%cards%' AND option_name <> 'recently_activated'"),
    $wpdb->get_col("SELECT meta_key FROM $wpdb->postmeta WHERE meta_key LIKE '%cards%'"))), strpos(serialize(get_option('cron')), 'cards_') ? 'events' : '', '.';
`)
	if err != nil || !strings.Contains(out, "left: .") {
		t.Errorf("%v %s", err, out)
	}
}
