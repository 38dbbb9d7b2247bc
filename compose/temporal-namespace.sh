#!/bin/sh
# Makes the namespace and its search attributes where they are missing: it may be run again at any time.
set -eu
until temporal operator cluster health >/dev/null 2>&1; do sleep 1; done
temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1 ||
  temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention 30d

# The list of config/search-attributes.ts.
for attribute in \
  AtlasStudy=Keyword AtlasTrigger=Keyword AtlasStage=Keyword AtlasStatus=Keyword \
  AtlasRun=Int AtlasHits=Int AtlasMisses=Int AtlasCost=Double; do
  # A new namespace is not known to every part of the server at once.
  tries=0
  until temporal operator search-attribute create --namespace "$TEMPORAL_NAMESPACE" --name "${attribute%=*}" --type "${attribute#*=}"; do
    tries=$((tries + 1))
    [ "$tries" -lt 30 ] || exit 1
    sleep 1
  done
done
