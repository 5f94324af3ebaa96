"""The reviewer's desk: what waits, reading it as patients do, and deciding."""
