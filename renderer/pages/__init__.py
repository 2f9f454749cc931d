"""The web app's pages: one module a page, its URLs in `renderer/urls.py`. Every page works without JavaScript."""
