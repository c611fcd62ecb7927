@node "%~dp0dynamic-provider.cjs" %*
