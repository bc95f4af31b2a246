#!/bin/sh
# Speaks every clip of clips.tsv and writes it beside this script, in telephone quality.
# Needs: festival festvox-us-slt-hts flite sox libsox-fmt-mp3 lame. Run once; the results are committed.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

tail -n +2 clips.tsv | while IFS="$(printf '\t')" read -r name voice tempo spoken shown; do
    spoken_text=$spoken
    [ "$spoken_text" = "=" ] && spoken_text=$shown
    printf '%s\n' "$spoken_text" > "$work/text"
    case "$voice" in
        slt) text2wave -eval '(voice_cmu_us_slt_arctic_hts)' "$work/text" -o "$work/clean.wav" ;;
        *) flite -voice "$voice" -f "$work/text" -o "$work/clean.wav" ;;
    esac
    # A telephone: 300 to 3400 Hz, 8 kHz, a little compression, a little line noise, half a second of air at both ends.
    sox "$work/clean.wav" -r 8000 -c 1 "$work/line.wav" tempo -s "$tempo" highpass 300 lowpass 3400 \
        norm -9 compand 0.05,0.2 -60,-60,-30,-15,0,-6 -8 norm -4 pad 0.4 0.5
    sox -n -r 8000 -c 1 "$work/noise.wav" synth "$(soxi -D "$work/line.wav")" pinknoise vol 0.004
    sox -m -v 1 "$work/line.wav" -v 1 "$work/noise.wav" "$work/mixed.wav"
    case "$name" in
        *.wav) sox "$work/mixed.wav" -e u-law "$name" ;;
        *) lame --quiet -m m --resample 8 --abr 9 "$work/mixed.wav" "$name" ;;
    esac
done
