@echo off
rem Builds featuremap when it must, then starts it with the memory and native-thread settings that suit this machine.
rem The settings are the launcher's for bash: FEATUREMAP_HEAP, FEATUREMAP_NATIVE_MEMORY, FEATUREMAP_THREADS,
rem FEATUREMAP_BACKEND, FEATUREMAP_NATIVES, FEATUREMAP_JAVA_OPTS and JAVA_HOME. Needs a JDK 17 and Maven 3.8 or newer.
setlocal EnableExtensions
set "FM_HOME=%~dp0"
if "%FM_HOME:~-1%"=="\" set "FM_HOME=%FM_HOME:~0,-1%"

set "FM_JAVA=java"
if defined JAVA_HOME set "FM_JAVA=%JAVA_HOME%\bin\java.exe"
"%FM_JAVA%" -version >nul 2>&1
if errorlevel 1 (
  echo error: no Java found 1>&2
  echo remedy: install a JDK 17 or newer, or set JAVA_HOME to one 1>&2
  exit /b 5
)

if not defined FEATUREMAP_BACKEND set "FEATUREMAP_BACKEND=cpu"
set "FM_PROFILE="
if /i "%FEATUREMAP_BACKEND%"=="cuda" set "FM_PROFILE=-Pcuda -Djavacpp.platform=windows-x86_64"

rem Which build of ND4J's natives this CPU can run: Windows tells of AVX2 (feature 40) and AVX-512 (feature 41).
if defined FEATUREMAP_NATIVES (
  set "FM_EXTENSION=-%FEATUREMAP_NATIVES%"
  if "%FEATUREMAP_NATIVES%"=="none" set "FM_EXTENSION="
) else (
  for /f "delims=" %%e in ('powershell -NoProfile -Command "$f=Add-Type -PassThru -Name F -Namespace W -MemberDefinition '[DllImport(\"kernel32.dll\")] public static extern bool IsProcessorFeaturePresent(uint f);'; if ($f::IsProcessorFeaturePresent(41)) {'-onednn-avx512'} elseif ($f::IsProcessorFeaturePresent(40)) {'-onednn-avx2'} else {'-onednn'}"') do set "FM_EXTENSION=%%e"
)

set "FM_STAMP=%FM_HOME%\target\launcher%FM_EXTENSION%-%FEATUREMAP_BACKEND%.txt"
powershell -NoProfile -Command "$s='%FM_STAMP%'; if (-not (Test-Path $s)) {exit 1}; $t=(Get-Item $s).LastWriteTime; $f=@(Get-Item '%FM_HOME%\pom.xml','%FM_HOME%\conf\logback.xml')+@(Get-ChildItem -Recurse -File '%FM_HOME%\src\main'); if ($f | Where-Object {$_.LastWriteTime -gt $t}) {exit 1}"
if errorlevel 1 call :build || exit /b 5

for /f "usebackq delims=" %%c in ("%FM_STAMP%") do set "FM_CLASSPATH=%%c"
if not defined FEATUREMAP_HEAP set "FEATUREMAP_HEAP=768m"
if not defined FEATUREMAP_NATIVE_MEMORY set "FEATUREMAP_NATIVE_MEMORY=4g"
if not defined FEATUREMAP_THREADS set "FEATUREMAP_THREADS=%NUMBER_OF_PROCESSORS%"
if not defined OMP_NUM_THREADS set "OMP_NUM_THREADS=%FEATUREMAP_THREADS%"
if not defined OPENBLAS_NUM_THREADS set "OPENBLAS_NUM_THREADS=1"
if not defined OMP_WAIT_POLICY set "OMP_WAIT_POLICY=passive"
rem ND4J would give OpenBLAS as many threads as OpenMP has: on two processors engine nd4j is faster without.
if %FEATUREMAP_THREADS% LEQ 2 if not defined ND4J_SKIP_BLAS_THREADS set "ND4J_SKIP_BLAS_THREADS=true"

rem What the JVM writes when native code crashes it goes to runs.
if not exist "%FM_HOME%\runs" mkdir "%FM_HOME%\runs"
rem The class path is longer than a command line may be: it goes through the environment.
set "CLASSPATH=%FM_HOME%\target\classes;%FM_CLASSPATH%"
"%FM_JAVA%" -Xmx%FEATUREMAP_HEAP% -Xss2m -XX:+UseSerialGC -Xshare:auto ^
  "-XX:ErrorFile=%FM_HOME%\runs\crash-%%p.log" ^
  -Dorg.bytedeco.javacpp.maxbytes=%FEATUREMAP_NATIVE_MEMORY% -Dorg.bytedeco.javacpp.maxphysicalbytes=0 ^
  -Dfile.encoding=UTF-8 -Djava.awt.headless=true "-Djdk.serialFilter=!*" ^
  "-Dfeaturemap.home=%FM_HOME%" -Dfeaturemap.backend=%FEATUREMAP_BACKEND% ^
  %FEATUREMAP_JAVA_OPTS% dev.featuremap.cli.Main %*
exit /b %ERRORLEVEL%

:build
echo featuremap: building (first use, or sources have changed) ... 1>&2
if not exist "%FM_HOME%\target" mkdir "%FM_HOME%\target"
pushd "%FM_HOME%"
call mvn -B -q process-classes -Dquick "-Dnatives.extension=%FM_EXTENSION%" %FM_PROFILE% "-Dlauncher.classpath=%FM_STAMP%" > "%FM_HOME%\target\launcher-build.log" 2>&1
set "FM_BUILT=%ERRORLEVEL%"
popd
if not "%FM_BUILT%"=="0" (
  type "%FM_HOME%\target\launcher-build.log" 1>&2
  del "%FM_STAMP%" 2>nul
  echo error: the build failed 1>&2
  echo remedy: see Maven's lines above; the whole log is target\launcher-build.log 1>&2
  exit /b 1
)
exit /b 0
