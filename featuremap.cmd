@echo off
rem Builds featuremap when it must, then starts it with the memory and native-thread settings that suit this machine.
rem Unpacked from a distribution it has nothing to build, and nothing is written into its folder.
rem
rem FEATUREMAP_HOME_DIR       where the folders runs and data are            (default: beside this file; of a distribution, where it is started)
rem FEATUREMAP_HEAP           Java heap, such as 1g                        (default: 768m, less where memory is little)
rem FEATUREMAP_NATIVE_MEMORY  most that native arrays may take, such as 2g (default: what is left, at most three quarters)
rem FEATUREMAP_THREADS        threads for the native arithmetic            (default: the processors, at most 8)
rem FEATUREMAP_BACKEND        cpu or cuda                                  (default: cpu)
rem FEATUREMAP_NATIVES        extension of the CPU natives: onednn-avx512, onednn-avx2, onednn or none (default: by the CPU)
rem FEATUREMAP_JAVA_OPTS      more options for the JVM, such as -Dorg.bytedeco.javacpp.cachedir=FOLDER, where natives are unpacked
rem JAVA_HOME                 the Java (17 or newer) to use, a JDK where it must build (default: the one on the PATH, or a distribution's own)
rem
rem A variable that cannot be is exit code 2 and named. --print-settings prints what would be taken. Only the launcher for bash counts
rem with the limits of control groups and affinity.
setlocal EnableExtensions
set "FM_HOME=%~dp0"
if "%FM_HOME:~-1%"=="\" set "FM_HOME=%FM_HOME:~0,-1%"

rem --json, and --spark MASTER, which is the build with Apache Spark, in a folder of its own; a cluster's machines also need it as a jar.
set "FM_JSON="
set "FM_LIBRARIES="
set "FM_MASTER="
set "FM_COMMAND=%~1"
call :arguments %*

rem A distribution is whole: see docs\decisions\0045-distribution.md.
set "FM_WHOLE="
if not exist "%FM_HOME%\pom.xml" set "FM_WHOLE=1"
if not defined FM_WHOLE goto checkout
if "%FEATUREMAP_BACKEND%"=="cuda" (
  call :fail 2 "FEATUREMAP_BACKEND=cuda is not part of the distribution" "use it from a checkout, which builds it"
  exit /b 2
)
if defined FM_MASTER (
  call :fail 2 "--spark is not part of the distribution" "use it from a checkout, which builds it"
  exit /b 2
)
:checkout
set "FM_WORKSPACE=%FM_HOME%"
if defined FM_WHOLE set "FM_WORKSPACE=%CD%"
if defined FEATUREMAP_HOME_DIR set "FM_WORKSPACE=%FEATUREMAP_HOME_DIR%"

set "FM_JAVA=java"
if exist "%FM_HOME%\java\bin\java.exe" set "FM_JAVA=%FM_HOME%\java\bin\java.exe"
if defined JAVA_HOME set "FM_JAVA=%JAVA_HOME%\bin\java.exe"
"%FM_JAVA%" -version >nul 2>&1
if errorlevel 1 (
  call :fail 5 "no Java found" "install a JDK 17 or newer, or set JAVA_HOME to one"
  exit /b 5
)

if not defined FEATUREMAP_BACKEND set "FEATUREMAP_BACKEND=cpu"
call :allow FEATUREMAP_BACKEND "cpu or cuda" "cpu" "cuda" || exit /b 2
call :allow FEATUREMAP_NATIVES "onednn-avx512, onednn-avx2, onednn or none" "onednn-avx512" "onednn-avx2" "onednn" "none" || exit /b 2
rem Of a list such as 2,1 the first number is taken.
if defined OMP_NUM_THREADS for /f "delims=," %%t in ('set OMP_NUM_THREADS') do set "%%t"
for %%v in (FEATUREMAP_THREADS OMP_NUM_THREADS) do (
  call :allow %%v "a whole number from 1 to 999" "[1-9]" "[1-9][0-9]" "[1-9][0-9][0-9]" || exit /b 2
)
for %%v in (FEATUREMAP_HEAP FEATUREMAP_NATIVE_MEMORY) do (
  call :allow %%v "a whole number with a unit, such as 768m or 2g" "[1-9][0-9]*" "[1-9][0-9]*[kKmMgGtT]" || exit /b 2
)

set "FM_PROFILE="
if "%FEATUREMAP_BACKEND%"=="cuda" set "FM_PROFILE=-Pcuda -Djavacpp.platform=windows-x86_64"
set "FM_BUILD=target"
set "FM_KIND=%FEATUREMAP_BACKEND%"
set "FM_GOAL=process-classes"
rem How far the JVM optimises code: as far as it can where much is computed; anything else has ended before that pays.
set "FM_TIER=1"
for %%c in (train compare tune bench ui) do if "%FM_COMMAND%"=="%%c" set "FM_TIER=4"
rem No Java object is read; but Spark sends its tasks as such.
set FM_SPARK="-Djdk.serialFilter=!*"
if not defined FM_MASTER goto built
set "FM_BUILD=target\spark"
set "FM_PROFILE=%FM_PROFILE% -Pspark"
set "FM_KIND=%FEATUREMAP_BACKEND%-spark"
set FM_SPARK="@%FM_HOME%\src\spark\jvm.options"
if "%FM_MASTER:~0,5%"=="local" goto built
rem The cluster computes; optimised code here would cost more than it brings.
if "%FM_COMMAND%"=="compare" set "FM_TIER=1"
if "%FM_COMMAND%"=="tune" set "FM_TIER=1"
set "FM_GOAL=package -Dmaven.test.skip"
set "FM_KIND=%FM_KIND%-jar"
set FM_SPARK=%FM_SPARK% "-Dfeaturemap.spark.jar=%FM_HOME%\target\spark\featuremap-spark.jar"
:built

rem Which build of ND4J's natives this CPU can run: Windows tells of AVX2 (feature 40) and AVX-512 (feature 41).
for /f "delims=" %%e in ('powershell -NoProfile -Command "$f=Add-Type -PassThru -Name F -Namespace W -MemberDefinition '[DllImport(\"kernel32.dll\")] public static extern bool IsProcessorFeaturePresent(uint f);'; if ($f::IsProcessorFeaturePresent(41)) {'-onednn-avx512'} elseif ($f::IsProcessorFeaturePresent(40)) {'-onednn-avx2'} else {'-onednn'}"') do set "FM_FASTEST=%%e"
set "FM_EXTENSION=%FM_FASTEST%"
if defined FEATUREMAP_NATIVES set "FM_EXTENSION=-%FEATUREMAP_NATIVES%"
if "%FEATUREMAP_NATIVES%"=="none" set "FM_EXTENSION="
set "FM_LACKING="
if "%FM_EXTENSION%"=="-onednn-avx512" if not "%FM_FASTEST%"=="-onednn-avx512" set "FM_LACKING=1"
if "%FM_EXTENSION%"=="-onednn-avx2" if "%FM_FASTEST%"=="-onednn" set "FM_LACKING=1"
if defined FM_LACKING (
  call :fail 5 "FEATUREMAP_NATIVES is %FEATUREMAP_NATIVES%, which this processor cannot run" "set it to %FM_FASTEST:~1%, or leave it unset"
  exit /b 5
)

rem Memory in MiB: what Java's own code and threads take, then the heap, then native arrays.
set "FM_HEAP=768"
set "FM_NATIVE=4096"
for /f "tokens=1,2" %%h in ('powershell -NoProfile -Command "$all=[Math]::Floor((Get-CimInstance Win32_ComputerSystem).TotalPhysicalMemory/1MB); $left=$all-256; $heap=[Math]::Min(768,[Math]::Floor($left/2)); if ($env:FEATUREMAP_HEAP) {$heap=[Math]::Floor((Invoke-Expression ($env:FEATUREMAP_HEAP -replace '([kmgt])$','$1b'))/1MB)}; Write-Output ([string]$heap+' '+[Math]::Min($left-$heap,[Math]::Floor($all*3/4)))"') do (
  set "FM_HEAP=%%h"
  set "FM_NATIVE=%%i"
)
if %FM_NATIVE% LSS 64 (
  call :fail 5 "FEATUREMAP_HEAP is %FEATUREMAP_HEAP%, which leaves nothing for native arrays of this machine's memory" "set it to a smaller size, or leave it unset"
  exit /b 5
)
if not defined FEATUREMAP_HEAP set "FEATUREMAP_HEAP=%FM_HEAP%m"
if not defined FEATUREMAP_NATIVE_MEMORY set "FEATUREMAP_NATIVE_MEMORY=%FM_NATIVE%m"

rem Native threads and memory: what conf\native.env says, where the user has not.
set "FM_THREADS=%NUMBER_OF_PROCESSORS%"
if %FM_THREADS% GTR 8 set "FM_THREADS=8"
if not defined FEATUREMAP_THREADS set "FEATUREMAP_THREADS=%FM_THREADS%"
if not defined OMP_NUM_THREADS set "OMP_NUM_THREADS=%FEATUREMAP_THREADS%"
set "FM_LEFT="
if %OMP_NUM_THREADS% GTR 2 set "FM_LEFT=ND4J_SKIP_BLAS_THREADS"
if not defined FM_EXTENSION set "FM_LEFT=ND4J_SKIP_BLAS_THREADS"
for /f "usebackq eol=# tokens=1,* delims==" %%a in ("%FM_HOME%\conf\native.env") do (
  if not "%%a"=="%FM_LEFT%" if not defined %%a set "%%a=%%b"
)
rem M2.1's OpenBLAS does not know Intel's processors since 2021, and gives them its oldest kernels.
if not defined OPENBLAS_CORETYPE if not "%PROCESSOR_IDENTIFIER:GenuineIntel=%"=="%PROCESSOR_IDENTIFIER%" (
  if "%FM_FASTEST%"=="-onednn-avx512" set "OPENBLAS_CORETYPE=SkylakeX"
  if "%FM_FASTEST%"=="-onednn-avx2" set "OPENBLAS_CORETYPE=Haswell"
)

rem Of a distribution: the best natives that it holds and the processor can run.
set "FM_PACKED="
if not defined FM_WHOLE goto natives
for %%e in ("%FM_EXTENSION%" "-onednn-avx2" "-onednn") do if not defined FM_PACKED (
  if not "%FM_FASTEST%%%~e"=="-onednn-onednn-avx2" for %%f in ("%FM_HOME%\natives\*-windows-x86_64%%~e.tar.zst") do (
    set "FM_PACKED=%%f"
    set "FM_UNPACKED=%LOCALAPPDATA%\featuremap\%%~nf"
    set "FM_EXTENSION=%%~e"
  )
  if not defined FM_PACKED if defined FEATUREMAP_NATIVES (
    call :fail 5 "FEATUREMAP_NATIVES is %FEATUREMAP_NATIVES%, which this distribution does not hold" "leave it unset"
    exit /b 5
  )
)
if not defined FM_PACKED (
  call :fail 5 "the distribution in %FM_HOME% holds no natives for Windows" "take the one for this platform"
  exit /b 5
)
set "FM_UNPACKED=%FM_UNPACKED:.tar=%"
:natives
set "FM_SHOWN=%FM_EXTENSION%"
if not defined FM_SHOWN set "FM_SHOWN=none"
if "%FM_COMMAND%"=="--print-natives" (
  echo %FM_SHOWN%
  exit /b 0
)
if "%FM_COMMAND%"=="--print-settings" (
  echo natives %FM_SHOWN%
  echo processors %NUMBER_OF_PROCESSORS%
  echo threads %OMP_NUM_THREADS%
  if defined OPENBLAS_CORETYPE (echo blas kernels %OPENBLAS_CORETYPE%) else (echo blas kernels its own choice)
  echo heap %FEATUREMAP_HEAP%
  echo native memory %FEATUREMAP_NATIVE_MEMORY%
  exit /b 0
)

rem What could keep the JVM from starting is tried, by itself first, since this project's own options pass over unknown ones.
if not defined FEATUREMAP_JAVA_OPTS goto tried
set "FM_REFUSED="
"%FM_JAVA%" -Xmx%FEATUREMAP_HEAP% %FEATUREMAP_JAVA_OPTS% -version >nul 2>&1 || set "FM_REFUSED=1"
"%FM_JAVA%" "@%FM_HOME%\conf\jvm.options" -Xmx%FEATUREMAP_HEAP% %FEATUREMAP_JAVA_OPTS% -version >nul 2>&1 || set "FM_REFUSED=1"
if defined FM_REFUSED (
  call :fail 2 "Java does not start with FEATUREMAP_JAVA_OPTS" "mend that, or leave it unset"
  exit /b 2
)
:tried

if defined FM_WHOLE goto whole
set "FM_STAMP=%FM_HOME%\target\launcher%FM_EXTENSION%-%FM_KIND%.txt"
set "FM_SOURCES='%FM_HOME%\src\main'"
if defined FM_MASTER set "FM_SOURCES=%FM_SOURCES%,'%FM_HOME%\src\spark'"
powershell -NoProfile -Command "$s='%FM_STAMP%'; if (-not (Test-Path $s)) {exit 1}; $t=(Get-Item $s).LastWriteTime; $f=@(Get-Item '%FM_HOME%\pom.xml','%FM_HOME%\conf\logback.xml','%FM_HOME%\conf\jvm.options','%FM_HOME%\conf\native.env')+@(Get-ChildItem -Recurse -File %FM_SOURCES%); if ($f | Where-Object {$_.LastWriteTime -gt $t}) {exit 1}"
if errorlevel 1 call :build || exit /b 5
for /f "usebackq delims=" %%c in ("%FM_STAMP%") do set "FM_CLASSPATH=%%c"

rem What the JVM writes when native code crashes it goes to runs.
if not exist "%FM_WORKSPACE%\runs" mkdir "%FM_WORKSPACE%\runs"
rem The class path is longer than a command line may be: it goes through the environment.
set "CLASSPATH=%FM_HOME%\%FM_BUILD%\classes;%FM_CLASSPATH%"
goto start

:whole
set "CLASSPATH=%FM_HOME%\lib\*"
set FM_LIBRARIES="-Djava.library.path=%FM_UNPACKED%" -Dorg.bytedeco.javacpp.pathsFirst=true
if exist "%FM_UNPACKED%" goto start
echo featuremap: unpacking the natives, once ... 1>&2
mkdir "%FM_UNPACKED%.new"
"%FM_JAVA%" dev.featuremap.backend.PackedNatives "%FM_PACKED%" "%FM_UNPACKED%.new" && move "%FM_UNPACKED%.new" "%FM_UNPACKED%" >nul
if not exist "%FM_UNPACKED%" (
  call :fail 5 "the natives could not be unpacked in %LOCALAPPDATA%" "make room there, and remove %FM_UNPACKED%.new"
  exit /b 5
)

:start
"%FM_JAVA%" "@%FM_HOME%\conf\jvm.options" -Xmx%FEATUREMAP_HEAP% -XX:TieredStopAtLevel=%FM_TIER% ^
  "-XX:ErrorFile=%FM_WORKSPACE%\runs\crash-%%p.log" -Dorg.bytedeco.javacpp.maxbytes=%FEATUREMAP_NATIVE_MEMORY% ^
  "-Dfeaturemap.home=%FM_HOME%" "-Dfeaturemap.workspace=%FM_WORKSPACE%" %FM_LIBRARIES% -Dfeaturemap.backend=%FEATUREMAP_BACKEND% %FM_SPARK% ^
  %FEATUREMAP_JAVA_OPTS% dev.featuremap.cli.Main %*
exit /b %ERRORLEVEL%

:build
echo featuremap: building (first use, or sources have changed) ... 1>&2
if not exist "%FM_HOME%\target" mkdir "%FM_HOME%\target"
pushd "%FM_HOME%"
call mvn -B -q %FM_GOAL% -Dquick "-Dnatives.extension=%FM_EXTENSION%" %FM_PROFILE% "-Dlauncher.classpath=%FM_STAMP%" > "%FM_HOME%\target\launcher-build.log" 2>&1
set "FM_BUILT=%ERRORLEVEL%"
popd
if not "%FM_BUILT%"=="0" (
  type "%FM_HOME%\target\launcher-build.log" 1>&2
  del "%FM_STAMP%" 2>nul
  call :fail 5 "the build failed" "see Maven's lines above; the whole log is target\launcher-build.log"
  exit /b 1
)
exit /b 0

rem VARIABLE ALLOWED PATTERN...: refuses one that is set to none of the patterns. Its value goes through a pipe, not into a command.
:allow
if not defined %1 exit /b 0
set "FM_NAME=%1"
set "FM_ALLOWED=%~2"
:next
if "%~3"=="" goto refuse
set %FM_NAME%| findstr /r /x /c:"%FM_NAME%=%~3" >nul && exit /b 0
shift /3
goto next
:refuse
setlocal EnableDelayedExpansion
set "FM_FOUND=!%FM_NAME%!"
set "FM_REMEDY=set it to %FM_ALLOWED%, or leave it unset"
if not defined FM_JSON (
  echo error: %FM_NAME% is !FM_FOUND! 1>&2
  echo remedy: !FM_REMEDY! 1>&2
  exit /b 1
)
set "FM_FOUND=!FM_FOUND:\=\\!"
set "FM_FOUND=!FM_FOUND:"=\"!"
echo {"error" : {"code" : 2, "cause" : "%FM_NAME% is !FM_FOUND!", "remedy" : "!FM_REMEDY!"}}
exit /b 1

rem ARGUMENT...: sees --json and --spark among them; cmd splits at an equals sign too.
:arguments
if "%~1"=="" exit /b 0
if "%~1"=="--json" set "FM_JSON=1"
if "%~1"=="--spark" set "FM_MASTER=%~2"
shift /1
goto arguments

rem CODE CAUSE REMEDY
:fail
if not defined FM_JSON (
  echo error: %~2 1>&2
  echo remedy: %~3 1>&2
  exit /b 0
)
set "FM_CAUSE=%~2"
set "FM_REMEDY=%~3"
echo {"error" : {"code" : %1, "cause" : "%FM_CAUSE:\=\\%", "remedy" : "%FM_REMEDY:\=\\%"}}
exit /b 0
