"""The engines that are measured against each other, each behind the same few methods."""
