"""Facts → clean tables: one value per key, every repair in the ledger."""
