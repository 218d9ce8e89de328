"""Claims of Yoo (2012) and expectations of the coding, held against coding and record."""
