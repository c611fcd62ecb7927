@node "%~dp0language-host.cjs" python %*
