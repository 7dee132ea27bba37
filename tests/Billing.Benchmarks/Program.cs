using Billing.Benchmarks;

return await BenchCommand.Run(args, [
    new AppendBenchmark(), new PostgresAppendBenchmark(), new KurrentAppendBenchmark(), new HttpBenchmark(), new RebuildBenchmark(),
    new PostgresRebuildBenchmark(), new LoadBenchmark(), new PostgresLoadBenchmark(), new InvoiceBenchmark(), new EstimateBenchmark(),
    new PdfBenchmark(), new ScaleBenchmark(ScaleEngine.Sqlite), new ScaleBenchmark(ScaleEngine.Postgres),
]);
