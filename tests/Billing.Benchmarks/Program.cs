using Billing.Benchmarks;

// The process of its own that the start of the program is measured beside.
if (args is [LeanHost.Verb, var url, var path]) return await LeanHost.Run(url, path);

return await BenchCommand.Run(args, [
    new AppendBenchmark(), new PostgresAppendBenchmark(), new KurrentAppendBenchmark(), new HttpBenchmark(), new RebuildBenchmark(),
    new PostgresRebuildBenchmark(), new LoadBenchmark(), new PostgresLoadBenchmark(), new InvoiceBenchmark(), new EstimateBenchmark(),
    new PdfBenchmark(), new StartBenchmark(), new ScaleBenchmark(ScaleEngine.Sqlite), new ScaleBenchmark(ScaleEngine.Postgres),
]);
