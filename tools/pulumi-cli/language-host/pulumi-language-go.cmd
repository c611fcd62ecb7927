@node "%~dp0language-host.cjs" go %*
