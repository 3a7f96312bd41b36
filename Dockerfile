# The runner: docker build -t report-scheduler . && docker run -v reports:/data -e REPORT_KEY=... report-scheduler
# (not run where it was written: no container engine there; its commands were run one by one as another user than root)
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet build src/ReportScheduler.Host -c Release

FROM mcr.microsoft.com/dotnet/runtime:10.0
RUN apt-get update \
    && apt-get install -y --no-install-recommends curl tzdata \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home report \
    && install -d -o report -g report -m 0700 /data /keys
COPY --from=build /source/out/ReportScheduler /app/ReportScheduler
COPY --from=build /source/out/Host /app/Host
USER report
ENV REPORTSCHEDULER_STORE=/data/reports.db
VOLUME /data
EXPOSE 8650
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD curl -fsS http://127.0.0.1:8650/healthz || exit 1
# SIGTERM of docker stop drains running reports
STOPSIGNAL SIGTERM
ENTRYPOINT ["dotnet", "/app/Host/ReportScheduler.Host.dll", "-NonInteractive", "-Command"]
CMD ["Start-ReportScheduler -Listen http://+:8650/ -ApiKey $env:REPORT_KEY"]
