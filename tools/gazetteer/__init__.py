"""Parts of the build of the extraction's word lists; used at build time only."""
