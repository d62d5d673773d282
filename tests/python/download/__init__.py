"""Tests of the download step against a server of their own on the loopback; nothing else is asked."""
