@node "%~dp0language-host.cjs" nodejs %*
