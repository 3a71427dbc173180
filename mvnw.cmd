@echo off
rem Runs Maven: the one on the PATH if it is new enough, else a pinned one, downloaded once and checked.
rem Every argument goes to Maven as it is. MVNW_ARCHIVE names another address for the same archive (a mirror).
setlocal

set "MVNW_OLDEST_USABLE=3.8.7"
set "MVNW_VERSION=3.9.12"
set "MVNW_SHA512=0ef0d074761a55e7b982fd7f2cd6ea2da028289c73156ebd488c0513efbff8a64ac5bc0c11c3b8bbced930ce15238ecef344b0e065ae54f7cdca8c86cf39e736"
if not defined MVNW_ARCHIVE set "MVNW_ARCHIVE=https://archive.apache.org/dist/maven/maven-3/%MVNW_VERSION%/binaries/apache-maven-%MVNW_VERSION%-bin.zip"
set "MVNW_CACHE=%USERPROFILE%\.m2\mvnw"
set "MVNW_MAVEN=%MVNW_CACHE%\apache-maven-%MVNW_VERSION%"

where /q mvn.cmd
if errorlevel 1 goto pinned
powershell -NoProfile -Command ^
  "$line = (& mvn.cmd --version) -match 'Apache Maven \d' | Select-Object -First 1;" ^
  "if ($line -match 'Apache Maven (\d+\.\d+\.\d+)' -and [version]$Matches[1] -ge [version]$env:MVNW_OLDEST_USABLE) { exit 0 } else { exit 1 }"
if errorlevel 1 goto pinned
call mvn.cmd %*
exit /b %ERRORLEVEL%

:pinned
if exist "%MVNW_MAVEN%\bin\mvn.cmd" goto run
echo mvnw: downloading Maven %MVNW_VERSION% from %MVNW_ARCHIVE% 1>&2
rem Unpacked aside and moved whole, so that a build started meanwhile never sees half a Maven.
powershell -NoProfile -Command ^
  "$ErrorActionPreference = 'Stop'; $ProgressPreference = 'SilentlyContinue';" ^
  "$work = Join-Path $env:MVNW_CACHE ('download.' + [guid]::NewGuid()); $zip = Join-Path $work 'maven.zip';" ^
  "New-Item -ItemType Directory -Force $work | Out-Null;" ^
  "try {" ^
  "  [Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::Tls12;" ^
  "  (New-Object Net.WebClient).DownloadFile($env:MVNW_ARCHIVE, $zip);" ^
  "  $found = (Get-FileHash -Algorithm SHA512 $zip).Hash.ToLower();" ^
  "  if ($found -ne $env:MVNW_SHA512) { throw ('refused ' + $env:MVNW_ARCHIVE + ': its SHA-512 is ' + $found + ', expected ' + $env:MVNW_SHA512) };" ^
  "  Expand-Archive $zip $work;" ^
  "  if (-not (Test-Path $env:MVNW_MAVEN)) { Move-Item (Join-Path $work ('apache-maven-' + $env:MVNW_VERSION)) $env:MVNW_MAVEN }" ^
  "} catch { [Console]::Error.WriteLine('mvnw: ' + $_.Exception.Message); exit 1 }" ^
  "finally { Remove-Item -Recurse -Force $work }"
if errorlevel 1 exit /b 1

:run
call "%MVNW_MAVEN%\bin\mvn.cmd" %*
exit /b %ERRORLEVEL%
